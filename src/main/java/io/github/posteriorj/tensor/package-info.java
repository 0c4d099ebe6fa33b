/** The only place that knows DJL's ways: devices, networks, memory scopes, gradients. */
package io.github.posteriorj.tensor;
