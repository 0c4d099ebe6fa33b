/** How close a restored image is to a known truth, and how honest its uncertainty. */
package io.github.posteriorj.metric;
