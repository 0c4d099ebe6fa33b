/** How close a restored image is to a known truth. */
package io.github.posteriorj.metric;
