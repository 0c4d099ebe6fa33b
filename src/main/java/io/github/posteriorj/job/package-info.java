/** Restorations as values: all that determines one is written down, read again, and run. */
package io.github.posteriorj.job;
