/** What an ensemble of posterior samples tells: maps, components, numbers with their intervals. */
package io.github.posteriorj.ensemble;
