package io.github.posteriorj.command;

/** Macros in ImageJ with PosteriorJ's own host for its commands. */
class PlainImageJMacroTest extends MacroContract {}
