/** Values as people write and read them: labels, and records as YAML. */
package io.github.posteriorj.text;
