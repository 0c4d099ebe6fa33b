package io.github.posteriorj.benchmark;

import io.github.posteriorj.metric.FeatureMap;
import java.util.List;

/**
 * What a network sees in an image.
 *
 * @param maps those of its layers that it gives; none of many networks
 * @param row what it makes of them in the end
 */
record ImageFeatures(List<FeatureMap> maps, float[] row) {}
