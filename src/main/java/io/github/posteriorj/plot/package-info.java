/** Plots of numbers as files: PNG to look at, SVG for print. */
package io.github.posteriorj.plot;
