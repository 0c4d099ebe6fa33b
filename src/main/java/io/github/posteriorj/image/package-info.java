/** Images inside the library: ImgLib2 planes, intensity scales, noise levels; no user interface. */
package io.github.posteriorj.image;
