/** Other methods to compare with. */
package io.github.posteriorj.solver;
