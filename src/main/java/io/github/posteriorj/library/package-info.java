/** The priors on disk: their folders and cards, where they are found, and how they are opened. */
package io.github.posteriorj.library;
