package io.github.posteriorj.restoration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriorj.diagnostic.ChainDiagnostics;
import io.github.posteriorj.sampler.PosteriorSample;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingDiagnosticsTest {

  private static final int PIXELS = 30;

  /** Diagnoses chains of independent images; each chain's are shifted by so much more. */
  private static SamplingDiagnostics diagnose(int samples, int chains, float shift) {
    ChainRecorder recorder = new ChainRecorder();
    List<float[]> images = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      int chain = sample % chains;
      RandomStream random = RandomStream.of(sample, 0);
      float[] image = random.gaussian(PIXELS);
      for (int i = 0; i < PIXELS; i++) {
        image[i] += chain * shift;
      }
      PosteriorSample drawn =
          new PosteriorSample(chain, new float[0], random.gaussian(), random.gaussian());
      recorder.add(
          new RestoredImage(drawn, image, ImageSize.ofPlane(1, 1, image.length), image, 1));
      images.add(image);
    }
    return recorder.diagnose(images);
  }

  @Test
  void goodChainsNeedNoWarning() {
    SamplingDiagnostics found = diagnose(800, 4, 0);
    assertEquals(List.of(), found.warnings());
    assertEquals(200, found.samplesPerChain());
    assertEquals(
        List.of("mean intensity", "log-likelihood", "|z|^2", "pixels, median", "pixels, worst"),
        found.rows().stream().map(SamplingDiagnostics.Row::name).toList());
    assertEquals(found.rows(), found.judgedRows());
    // The mean intensity of 30 independent pixels, from 800 independent samples.
    assertEquals(1 / Math.sqrt(PIXELS * 800.0), found.meanIntensity().meanError(), 0.0006);
    ChainDiagnostics median = found.pixels().median();
    ChainDiagnostics worst = found.pixels().worst();
    assertTrue(worst.rHat() > median.rHat());
    assertTrue(worst.bulkSampleSize() < median.bulkSampleSize());
    assertTrue(worst.tailSampleSize() < median.tailSampleSize());
    assertTrue(worst.meanError() > median.meanError());
  }

  @Test
  void chainsThatDisagreeAreReportedByTheWorstQuantity() {
    List<String> warnings = diagnose(800, 4, 1).warnings();
    assertEquals(2, warnings.size());
    assertTrue(
        warnings
            .get(0)
            .matches(
                "The chains do not agree yet \\(R-hat of mean intensity: [0-9.]+, above 1.05\\), so"
                    + " that the spread may be wrong. Raise burn_in or thinning."),
        warnings::toString);
  }

  @Test
  void fewSamplesAreReported() {
    List<String> warnings = diagnose(32, 4, 0).warnings();
    assertTrue(
        warnings.stream()
            .anyMatch(
                warning ->
                    warning.matches(
                        "The samples are worth [0-9]+ independent ones only \\(.+; 50 or more are"
                            + " good\\), so that the variance is rough. Ask for more samples, or"
                            + " raise thinning.")),
        warnings::toString);
  }

  @Test
  void chainsTooShortToBeJudgedAreReportedAsSuch() {
    // Four chains share 13 samples: one has four, the others three.
    SamplingDiagnostics found = diagnose(13, 4, 0);
    assertEquals(3, found.samplesPerChain());
    assertEquals(
        List.of(
            "Whether the chains agree is not known: that needs 4 samples of each chain, not 3. Ask"
                + " for more samples, or fewer chains."),
        found.warnings());
    assertEquals(List.of(), found.judgedRows());
    assertTrue(Double.isNaN(found.pixels().median().rHat()));
  }
}
