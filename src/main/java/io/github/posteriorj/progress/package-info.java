/** How far a long piece of work has come, and its cancellation. */
package io.github.posteriorj.progress;
