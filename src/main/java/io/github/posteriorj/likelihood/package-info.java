/** How probable a measurement is, given what the forward operator predicts. */
package io.github.posteriorj.likelihood;
