/** Methods compared on images whose truth is known: what is to be run, its results, tables. */
package io.github.posteriorj.benchmark;
