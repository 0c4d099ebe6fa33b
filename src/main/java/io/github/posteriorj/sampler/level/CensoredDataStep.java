package io.github.posteriorj.sampler.level;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.posteriorj.likelihood.Likelihood;
import io.github.posteriorj.operator.CosineDiagonalisation;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.PixelResponse;
import io.github.posteriorj.sampler.ChainNoise;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.RandomStream;
import io.github.posteriorj.tensor.SeparableTransform;
import java.util.stream.IntStream;

/**
 * The data step of a camera that clips each pixel: x = v + rho e with white e, and clean images v
 * that are drawn exactly, pixel by pixel, from p(y given A(v)) exp(-|v - u|^2 / (2 r^2)). Where
 * nothing was measured, and around the image, v is u.
 *
 * <p>A value at a limit (a censored one) tells on which side of it the clean pixel is. The noisy
 * pixel may be on either side: were the measurement compared with x, as other data steps do, each
 * hidden pixel would be driven away from the limit by some rho, and the prior would take thousands
 * of them for an image that is far darker or brighter.
 *
 * <p>r^2 is how much two clean images differ that the same noisy one may have come from: twice the
 * mean square error of the Wiener filter, r^2 = 2 mean_k P(k) rho^2 / (P(k) + rho^2), with the
 * power P of u in cosine waves. The error of a denoiser is nearly the same.
 *
 * <p>Other noise counts as Gaussian of the precision that its Fisher information at A(u) tells.
 *
 * <p>Sources: Zhang et al., "Improving diffusion inverse problem solving with decoupled noise
 * annealing", CVPR 2025, who compare the measurement with clean images and add fresh noise; for
 * exact draws of censored values, Chib, "Bayes inference in the Tobit censored regression model",
 * Journal of Econometrics 1992.
 *
 * @param steps Langevin steps of the same density, whose coordinates are good for it, too
 * @param operator A
 * @param response what it makes of each pixel
 * @param likelihood the noise
 * @param measured y
 * @param window the image on the prior's canvas
 * @param cosines waves
 */
record CensoredDataStep(
    LangevinDataStep steps,
    ForwardOperator operator,
    PixelResponse response,
    Likelihood likelihood,
    ImageLikelihood measured,
    Window window,
    SeparableTransform cosines)
    implements DataStep {

  /**
   * The step for a problem.
   *
   * @param steps Langevin steps of it
   * @param scope the run's
   */
  static CensoredDataStep of(LevelProblem problem, LangevinDataStep steps, NDManager scope) {
    ImageSize size = ImageSize.of(problem.image());
    return new CensoredDataStep(
        steps,
        problem.operator(),
        problem.operator().pixelResponse().orElseThrow(),
        problem.likelihood(),
        ImageLikelihood.of(problem, scope),
        problem.window(),
        SeparableTransform.cosine(scope, size.height(), size.width()));
  }

  @Override
  public NDArray draw(NDArray u, double level, ChainNoise noise) {
    int pixels = Math.toIntExact(window.canvas().size());
    float[][] centres = DeviceArrays.valuesOfEach(u);
    float[][] precisions = DeviceArrays.valuesOfEach(window.embed(information(u)));
    float[] y = window.embed(measured.measurement(u.getManager())).toFloatArray();
    float[] deviations = deviations(u, level);
    float[][] drawn = new float[centres.length][pixels];
    IntStream.range(0, drawn.length)
        .parallel()
        .forEach(
            chain -> {
              RandomStream random = noise.streams()[chain];
              for (int i = 0; i < pixels; i++) {
                CensoredPixel pixel =
                    new CensoredPixel(
                        response, y[i], precisions[chain][i], centres[chain][i], deviations[chain]);
                drawn[chain][i] = (float) pixel.drawn(random);
              }
            });
    return DeviceArrays.copyOf(u.getManager(), drawn, u.getShape())
        .add(noise.draw(u.getManager(), window.canvas()).mul((float) level));
  }

  /** r of each chain. */
  private float[] deviations(NDArray u, double level) {
    NDArray power = CosineDiagonalisation.powers(cosines.forward(window.cut(u)));
    float square = (float) (level * level);
    NDArray error = power.mul(square).div(power.add(square));
    float waves = ImageSize.of(window.image()).pixelsOfAPlane();
    return DeviceArrays.sumOfEach(error).mul(2 / waves).sqrt().toFloatArray();
  }

  /** Of each measured value, [N, C, H, W]. */
  private NDArray information(NDArray u) {
    NDArray predicted = operator.apply(window.cut(u));
    return likelihood.information(predicted).orElseThrow().mul(predicted.onesLike());
  }

  @Override
  public NDArray proximal(NDArray u, double level) {
    return steps.proximal(u, level);
  }

  @Override
  public Coordinates coordinates(NDArray u, double level) {
    return steps.coordinates(u, level);
  }

  @Override
  public double meanInformation() {
    return steps.meanInformation();
  }

  @Override
  public double largestInformation() {
    return steps.largestInformation();
  }
}
