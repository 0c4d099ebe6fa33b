package io.github.posteriorj.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.metric.CredibleInterval;
import io.github.posteriorj.metric.SampleQuantile;
import io.github.posteriorj.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorMapsTest {

  private static final int PIXELS = 7;
  private static final int CHAINS = 3;

  /** Values around a thousand, whose spread differs from pixel to pixel. */
  private static float[][] samples(int count) {
    float[][] samples = new float[count][PIXELS];
    RandomStream random = RandomStream.of(5, 0);
    for (float[] sample : samples) {
      float[] normal = random.gaussian(PIXELS);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        sample[pixel] = 1000 + (pixel + 1) * normal[pixel];
      }
    }
    return samples;
  }

  private static float[] map(PosteriorMap map, float[][] samples) {
    PixelStatistic statistic = map.begin();
    for (int i = 0; i < samples.length; i++) {
      statistic.add(samples[i], i % CHAINS);
    }
    return statistic.values();
  }

  private static double[] sorted(float[][] samples, int pixel) {
    return Arrays.stream(samples).mapToDouble(sample -> sample[pixel]).sorted().toArray();
  }

  private static PosteriorMap parsed(String words) {
    return MapWords.parse(words).get(0);
  }

  /** The spread as its definition has it, over values that are exact. */
  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 39, 256})
  void mapsAreWhatTheirDefinitionsSay(int count) {
    float[][] samples = samples(count);
    float[] deviation = map(parsed("standard deviation"), samples);
    float[] variation = map(parsed("Coefficient of variation"), samples);
    float[] median = map(parsed("median"), samples);
    float[] quantile = map(parsed("quantile 0.1"), samples);
    float[] width = map(parsed("interval width"), samples);
    float[] narrow = map(parsed("interval width 0.5"), samples);
    float[] above = map(parsed("above 1001.5"), samples);
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      double[] sorted = sorted(samples, pixel);
      double mean = Arrays.stream(sorted).average().orElseThrow();
      // Of single precision: 2^-24 of a thousand.
      assertEquals(deviation(sorted), deviation[pixel], 1e-4);
      assertEquals(deviation(sorted) / mean, variation[pixel], 1e-7);
      assertEquals(SampleQuantile.of(sorted, 0.5), median[pixel], 1e-4);
      assertEquals(SampleQuantile.of(sorted, 0.1), quantile[pixel], 1e-4);
      assertEquals(CredibleInterval.central(sorted, 0.95).width(), width[pixel], 1e-4);
      assertEquals(CredibleInterval.central(sorted, 0.5).width(), narrow[pixel], 1e-4);
      double share = Arrays.stream(sorted).filter(v -> v > 1001.5).count() / (double) count;
      assertEquals(share, above[pixel], 1e-6);
    }
  }

  /**
   * The share of the samples' ranks by which a quantile is off: a third of the bound in the
   * estimator's description, as errors cancel; with one halving there is nothing to cancel.
   */
  @ParameterizedTest
  @CsvSource({"300, 0.0048", "1024, 0.0039", "3000, 0.0059"})
  void quantilesOfManySamplesAreOffByFewRanks(int count, double bound) {
    float[][] samples = samples(count);
    double worst = 0;
    for (double probability : new double[] {0.025, 0.25, 0.5, 0.75, 0.975}) {
      float[] estimated = map(new QuantileMap(probability), samples);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        double[] sorted = sorted(samples, pixel);
        float value = estimated[pixel];
        double rank = Arrays.stream(sorted).filter(v -> v <= value).count();
        // A rank more or less lies between neighbours.
        worst = Math.max(worst, (Math.abs(rank - (count + 1) * probability) - 1) / count);
      }
    }
    assertTrue(worst <= bound, "off by " + worst);
  }

  @Test
  void manySamplesAreNotKept() {
    PixelQuantiles quantiles = new PixelQuantiles(sorted -> sorted.length);
    float[] image = new float[1];
    for (int i = 0; i < 5000; i++) {
      quantiles.add(image, 0);
    }
    assertEquals(5000, quantiles.values()[0]);
    // 5000 / 256 < 2^5: six weights, of each fewer than the capacity and the half of one.
    assertTrue(quantiles.images() < 6 * 1.5 * PixelQuantiles.CAPACITY, "" + quantiles.images());
  }

  @Test
  void agreementIsRHatOfTheChains() {
    float[][] samples = samples(30);
    for (int i = 0; i < samples.length; i += CHAINS) {
      samples[i][2] += 20; // one chain elsewhere
    }
    float[] map = map(parsed("R-hat"), samples);
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      int at = pixel;
      double[][] draws =
          IntStream.range(0, CHAINS)
              .mapToObj(
                  chain ->
                      IntStream.range(0, 10)
                          .mapToDouble(draw -> samples[draw * CHAINS + chain][at])
                          .toArray())
              .toArray(double[][]::new);
      assertEquals(ChainDiagnostics.of(draws).rHat(), map[pixel], 1e-6);
    }
    assertTrue(map[2] > 1.5, "" + map[2]);
    assertTrue(map[1] < 1.3, "" + map[1]);
  }

  @Test
  void wordsAreWhatMapsCallThemselves() {
    String words =
        "standard deviation, coefficient of variation, median, quantile 0.05, interval width 0.9,"
            + " above -1200.5, R-hat";
    List<PosteriorMap> maps = MapWords.parse(words);
    assertEquals(words, String.join(", ", maps.stream().map(PosteriorMap::words).toList()));
    assertEquals(maps, MapWords.parse(words.toUpperCase(java.util.Locale.ROOT) + ","));
    assertEquals(List.of(), MapWords.parse(" "));
    assertEquals("above 1200", new ExceedanceProbability(1.2e3).words());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode          | There is no map "mode". There are: standard deviation,
          above         | The map "above" needs a number behind its name.
          median 3      | The map "median" takes no number.
          quantile 5    | must lie between 0 and 1, not 5.0
          interval width 95 | must lie between 0 and 1, not 95.0
          median, Median | The map "median" is asked for twice.
          """)
  void whatIsNoMapIsRefused(String words, String message) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> MapWords.parse(words)).getMessage();
    assertTrue(refusal.contains(message), refusal);
  }

  @Test
  void tooFewSamplesAreTold() {
    assertEquals(Optional.empty(), new IntervalWidth(0.95).doubt(39, 1));
    assertEquals(
        "The map of the interval's width is of a narrower one: 38 samples tell intervals of level"
            + " 0.949 at most, not of 0.95; that needs 39.",
        new IntervalWidth(0.95).doubt(38, 1).orElseThrow());
    assertEquals(Optional.empty(), new QuantileMap(0.05).doubt(19, 1));
    assertTrue(new QuantileMap(0.05).doubt(18, 1).orElseThrow().contains("from 0.0526 to 0.947"));
    assertEquals(Optional.empty(), new ChainAgreement().doubt(8, 2));
    assertTrue(new ChainAgreement().doubt(6, 2).orElseThrow().contains("of each chain, not 3"));
  }
}
