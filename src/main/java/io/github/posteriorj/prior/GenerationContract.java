package io.github.posteriorj.prior;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.Differentiation;
import io.github.posteriorj.tensor.Differentiation.ValueAndGradient;
import io.github.posteriorj.tensor.ImageSize;
import io.github.posteriorj.tensor.MemoryNeed;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;

/**
 * What every opened network must keep: it answers noise with images of the same shape, whose values
 * and gradient with respect to the noise are finite, and the gradient is not 0.
 *
 * @param network the network
 * @param kind what it is to be, for people
 */
record GenerationContract(PriorNetwork network, String kind) {

  /**
   * Checks one way from noise to image.
   *
   * @throws IOException if the network breaks the contract; the message says in what
   */
  void check(Prior prior) throws IOException {
    PriorConstants constants = network.constants();
    int least = constants.minimumSize();
    ImageSize smallest = ImageSize.ofPlane(constants.channels(), least, least);
    Shape shape = ImageSize.of(network.latentShape(smallest.shape())).batch(2);
    float[] noise = RandomStream.of(0, 0).gaussian(Math.toIntExact(shape.size()));
    try (NDManager scope = network.newScope()) {
      NDArray z = DeviceArrays.copyOf(scope, noise, shape);
      ValueAndGradient result =
          Differentiation.valueAndGradient(
              input -> {
                NDArray output = prior.generate(input);
                if (!output.getShape().equals(shape)) {
                  throw new IllegalArgumentException(
                      "it answers noise of shape " + shape + " with " + output.getShape());
                }
                return DeviceArrays.sumOfEach(output.square());
              },
              z);
      if (!allFinite(result.value()) || !allFinite(result.gradient())) {
        throw broken("its output or its gradient is not finite", null);
      }
      if (result.gradient().abs().max().getFloat() == 0) {
        throw broken("its output does not depend on its input", null);
      }
    } catch (EngineException e) {
      throw failed(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw broken(e.getMessage(), e);
    }
  }

  /** The error that says why the network could not be run: it need not be to blame. */
  IOException failed(String problem, EngineException cause) {
    return MemoryNeed.isLack(cause)
        ? new IOException(
            "The network %s could not be tried: there is not enough memory for it (%s). Nothing is known against the network. Close other programs that use the device, or use device=cpu."
                .formatted(network.script().file(), network.device().label()),
            cause)
        : broken(problem, cause);
  }

  /** The error that says how the network breaks its contract. */
  IOException broken(String problem, Throwable cause) {
    return new IOException(
        "The network "
            + network.script().file()
            + " is no "
            + kind
            + " as this program needs it: forward(x, sigma) must return the clean image, of the"
            + " shape of x and differentiable. What went wrong: "
            + problem,
        cause);
  }

  private static boolean allFinite(NDArray array) {
    for (float value : array.toFloatArray()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
