package io.github.posteriorj.sampler.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.sampler.Adam;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ThroughImages;
import java.util.function.UnaryOperator;

/** One noise level of a {@link ReverseProcess}: what a {@link ReverseStep} works with there. */
public final class Stage {

  /** Of a regularised pseudo-inverse, in units of the noise of what is measured best. */
  private static final double REACH = 3;

  private final ReverseProcess.Run run;
  private final ReverseStep step;
  private final int index;
  private final ChainNoise noise;

  Stage(ReverseProcess.Run run, ReverseStep step, int index, ChainNoise noise) {
    this.run = run;
    this.step = step;
    this.index = index;
    this.noise = noise;
  }

  /** Where on the way from the highest level (0) to that of clean images (1) this one is. */
  public double share() {
    return step.share(index);
  }

  /** The noise level t, in units of the prior's range. */
  public double level() {
    return run.level(share());
  }

  /** The next level; 0 after the last one. */
  public double next() {
    return isLast() ? 0 : run.level(step.share(index + 1));
  }

  /** Whether clean images are to come of this stage. */
  public boolean isLast() {
    return index == step.noiseLevels() - 1;
  }

  /** Clean images of noisy ones of this level, of their shape. */
  public NDArray clean(CleanImages kind, NDArray x) {
    NDArray images = kind.of(run.problem().prior(), x, level());
    run.passed();
    return images;
  }

  /**
   * A function of the clean images, with its gradient with respect to the noisy ones.
   *
   * @param function of canvases, from [N, C, H', W'] to [N]
   * @param x of this level, not changed
   */
  public ThroughImages gradient(CleanImages kind, UnaryOperator<NDArray> function, NDArray x) {
    ThroughImages result = kind.gradient(run.problem().prior(), function, x.duplicate(), level());
    run.passed();
    return result;
  }

  /**
   * The gradient of a function at images, without a network.
   *
   * @param function of canvases, from [N, C, H', W'] to [N]
   * @param images not changed
   */
  public NDArray gradient(UnaryOperator<NDArray> function, NDArray images) {
    return Differentiation.valueAndGradient(function, images.duplicate()).gradient();
  }

  /** How far the images in the middle of canvases are from the measurement: {@link Distance}. */
  public UnaryOperator<NDArray> norm() {
    return canvas -> run.distance().norm(run.window().cut(canvas));
  }

  /** The same, as half the square of the residuals. */
  public UnaryOperator<NDArray> halfSquare() {
    return canvas -> run.distance().halfSquare(run.window().cut(canvas));
  }

  /**
   * A function of clean images with white noise on them, which is drawn here and now.
   *
   * @param function of canvases
   * @param x one canvas for each sample
   * @param spread the noise's standard deviation; 0 draws none
   */
  public UnaryOperator<NDArray> blurred(UnaryOperator<NDArray> function, NDArray x, double spread) {
    if (spread == 0) {
      return function;
    }
    NDArray fresh = white(x.getManager()).mul((float) spread);
    return canvas -> function.apply(canvas.add(fresh));
  }

  /**
   * Noisy images that a descent has moved, each on its own.
   *
   * @param gradient of what is to be minimised, [N, C, H', W']
   * @param x where it begins, not changed
   */
  public NDArray minimised(Adam adam, int steps, UnaryOperator<NDArray> gradient, NDArray x) {
    float[][] found =
        adam.minimise(
            any -> new ImagePotential(gradient, x.getManager(), x.getShape()),
            DeviceArrays.valuesOfEach(x),
            steps,
            () -> {});
    return DeviceArrays.copyOf(x.getManager(), found, x.getShape());
  }

  /**
   * Images with what a linear operator tells of them replaced by the measurement, x + A^+ (y - A
   * x). Where A^+ is not known exactly, or not all was observed, it is regularised so that it
   * brings in noise of no more than 1.5 times that of what is measured best: {@link #proximal} with
   * rho three times that noise.
   *
   * @param images canvases
   */
  public NDArray replaced(NDArray images) {
    NDArray residual = run.distance().residual(run.window().cut(images));
    return run.distance()
        .pseudoInverse(residual)
        .map(missing -> images.sub(run.window().embed(missing)))
        .orElseGet(() -> proximal(images, REACH * run.distance().leastNoise()));
  }

  /**
   * The images nearest to given ones in a tug of war with the measurement: argmin -ln p(y given
   * A(x)) + |x - u|^2 / (2 rho^2).
   *
   * @param u canvases
   * @param rho how far they may be off, in units of the prior's range
   */
  public NDArray proximal(NDArray u, double rho) {
    return run.data().proximal(u, rho);
  }

  /** Fresh unit noise for each sample, of a canvas's shape. */
  public NDArray white(NDManager scope) {
    return noise.draw(scope, run.window().canvas());
  }

  /**
   * Noisy images of the next level, on the line from a noisy image to the clean one that it is
   * taken for, with some of the noise replaced by fresh noise.
   *
   * <p>With t' the next level and a share s of stochasticity, up = s t' sqrt(1 - (t' / t)^2) and
   * down = sqrt(t'^2 - up^2), it is x0 + (down / t) (x - x0) + up e: an Euler step of the
   * probability flow for s = 0, an ancestral step for s = 1.
   *
   * <p>Sources: Karras et al. 2022, algorithm 1; Song et al. 2021, appendix F; the share between
   * them is that of DDIM, Song, Meng and Ermon 2021, equation 16.
   *
   * @param x noisy images of this level
   * @param clean x0
   * @param stochasticity s, 0 to 1
   */
  public NDArray towards(NDArray x, NDArray clean, double stochasticity) {
    double ratio = next() / level();
    double up = stochasticity * next() * Math.sqrt(1 - ratio * ratio);
    double down = Math.sqrt(next() * next() - up * up);
    NDArray onTheLine = clean.add(x.sub(clean).mul((float) (down / level())));
    return up == 0 ? onTheLine : onTheLine.add(white(x.getManager()).mul((float) up));
  }

  /**
   * Clean images with fresh noise of the next level, sqrt(t'^2 - sigma_min^2) e; after the last
   * stage as they are.
   *
   * <p>Source: Song et al., "Consistency models", ICML 2023, algorithm 1.
   */
  public NDArray renoised(NDArray clean) {
    double least = run.level(1);
    double variance = next() * next() - least * least;
    return variance <= 0
        ? clean
        : clean.add(white(clean.getManager()).mul((float) Math.sqrt(variance)));
  }

  /** Images of the next level taken back to this one, by the noise that lies between them. */
  public NDArray returned(NDArray x) {
    double variance = level() * level() - next() * next();
    return x.add(white(x.getManager()).mul((float) Math.sqrt(variance)));
  }
}
