/** Between ImageJ's images and the library's. */
package io.github.posteriorj.imagej;
