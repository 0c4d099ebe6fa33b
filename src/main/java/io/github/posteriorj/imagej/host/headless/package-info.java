/**
 * Lets plain ImageJ run its macros and commands without a display.
 *
 * <p>ImageJ builds menus and dialogs even where it never shows them, and Java refuses to make any
 * without a display. {@link io.github.posteriorj.imagej.host.headless.HeadlessClassLoader} loads
 * ImageJ's classes with other classes in the place of those that Java refuses; they bear the same
 * names and do as much as ImageJ needs of them when a macro has given all options of a command.
 */
package io.github.posteriorj.imagej.host.headless;
