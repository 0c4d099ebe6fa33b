/**
 * The inputs of commands as people give them, in a macro or a dialog: read, judged, and asked for,
 * alike in Fiji and in plain ImageJ.
 */
package io.github.posteriorj.imagej.input;
