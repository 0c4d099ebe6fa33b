package io.github.posteriorj.solver;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.operator.Affine;
import io.github.posteriorj.operator.ClippedGain;
import io.github.posteriorj.operator.Composition;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.FourierMagnitude;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.operator.NeuralBlur;
import io.github.posteriorj.operator.Square;
import io.github.posteriorj.prior.ConsistencyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which solver is chosen for which problem. */
class AutomaticTest {

  private static final String HALF = "return torch.mul(x, 0.5)";
  private static final GaussianBlur BLUR = new GaussianBlur(1);
  private static final Automatic AUTOMATIC =
      new Automatic(LevelLangevin.standard(), NoiseSpaceLangevin.standard());

  private static final ForwardOperator SQUARE = new Square();

  @TempDir Path folder;

  @Test
  void aLevelIsForOperatorsThatItExploresAndPriorsKnownThere() throws Exception {
    Path prior = PriorFolders.write(folder.resolve("p"), 8, HALF);
    try (ConsistencyModel model = PriorFolders.open(prior)) {
      assertSame(AUTOMATIC.atSigmaMax(), AUTOMATIC.solver(model, 1, BLUR));
    }
    PriorFolders.addDenoiser(prior, HALF);
    try (ConsistencyModel model = PriorFolders.open(prior)) {
      assertSame(AUTOMATIC.atLevel(), AUTOMATIC.solver(model, 1, BLUR));
      assertSame(
          AUTOMATIC.atLevel(), AUTOMATIC.solver(model, 1, Composition.of(new Affine(2, 1), BLUR)));
      ForwardOperator neural = Composition.of(new Affine(2, 1), new NeuralBlur(SQUARE));
      assertSame(AUTOMATIC.atLevel(), AUTOMATIC.solver(model, 1, neural));
      assertSame(AUTOMATIC.atSigmaMax(), AUTOMATIC.solver(model, 1, SQUARE));
      assertSame(AUTOMATIC.atSigmaMax(), AUTOMATIC.solver(model, 2, BLUR));
      ForwardOperator camera = Composition.of(new Affine(2, 1), new ClippedGain(1, 0, 1));
      assertSame(AUTOMATIC.atLevel(), AUTOMATIC.solver(model, 1, camera));
      ForwardOperator blurred = Composition.of(BLUR, new ClippedGain(1, 0, 1));
      assertSame(AUTOMATIC.atSigmaMax(), AUTOMATIC.solver(model, 1, blurred));
      assertSame(AUTOMATIC.atLevel(), AUTOMATIC.solver(model, 1, new FourierMagnitude(1)));
    }
  }
}
