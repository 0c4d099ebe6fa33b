/** Whether Markov chains have converged, and how much their draws tell: functions of numbers. */
package io.github.posteriorj.diagnostic;
