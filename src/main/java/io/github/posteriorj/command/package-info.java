/** SciJava commands: parameters, one call, outputs. */
package io.github.posteriorj.command;
