package io.github.posteriorj.command.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ij.ImagePlus;
import io.github.posteriorj.command.BackgroundCommand;
import io.github.posteriorj.command.Info;
import io.github.posteriorj.command.Installation;
import io.github.posteriorj.command.Progress;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.tensor.ComputeDevice;
import io.github.posteriorj.tensor.DeviceArrays;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Draws images from a prior: what it believes before it has seen any measurement. The result is
 * titled {@code <prior>-samples}; its values are the model's.
 */
@Plugin(type = Command.class, menuPath = "Plugins>PosteriorJ>Prior>Sample Prior...")
public class SamplePrior extends BackgroundCommand<ImagePlus> {

  @Parameter(
      label = "Prior",
      description = "A folder in ImageJ's models folder, or a path.",
      persist = false)
  private String prior = "microscopy-64";

  @Parameter(
      label = "Samples",
      description = "How many images to draw.",
      min = "1",
      persist = false)
  private int samples = 16;

  @Parameter(label = "Width (pixels)", description = "Of each image.", min = "1", persist = false)
  private int width = 128;

  @Parameter(label = "Height (pixels)", description = "Of each image.", min = "1", persist = false)
  private int height = 128;

  @Parameter(
      label = "Seed",
      description = "The same seed gives the same images again.",
      persist = false)
  private long seed = 1;

  @Parameter(
      label = "Generation steps",
      description = "Network passes from noise to image.",
      min = "1",
      max = "40",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private int generation_steps = 1;

  @Parameter(
      label = "Device",
      description = "auto, cpu, gpu, or gpu1, gpu2 ... for one of several graphics cards.",
      persist = false,
      attrs = @Attr(name = GROUP, value = "Model"))
  private String device = "auto";

  @Override
  protected void prepare() {
    if (samples < 1 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "Samples, width and height must be 1 or more, not %d, %d and %d."
              .formatted(samples, width, height));
    }
  }

  @Override
  protected ImagePlus compute(Progress progress) throws IOException {
    ComputeDevice chosen = ComputeDevice.select(device);
    Shape shape = new Shape(1, height, width);
    try (ConsistencyModel model =
        ConsistencyModel.open(Installation.priors().find(prior), chosen)) {
      CroppedPrior generator = model.forImages(generation_steps, shape, seed);
      List<float[]> images = new ArrayList<>();
      for (int sample = 0; sample < samples; sample++) {
        images.add(draw(model, generator, sample));
        progress.advanced("Sampling", sample + 1, samples);
      }
      ImagePlus result =
          ResultImages.create(
              prior + "-samples", Planes.stack(images, width, height), null, info(model));
      return ResultImages.withDisplay(
          result, LookUpTables.gray(), model.card().low(), model.card().high());
    }
  }

  @Override
  protected void show(ImagePlus result) {
    ResultImages.show(result);
  }

  private float[] draw(ConsistencyModel model, CroppedPrior generator, int sample) {
    Shape noise = generator.noiseShape();
    float[] z = RandomStream.of(seed, sample).gaussian(Math.toIntExact(noise.size()));
    try (NDManager scope = model.newScope()) {
      NDArray image = generator.generate(DeviceArrays.copyOf(scope, z, new Shape(1).addAll(noise)));
      return image.toFloatArray();
    }
  }

  private String info(ConsistencyModel model) {
    return new Info()
        .add("Made by", "PosteriorJ " + Installation.version())
        .add("Prior", model.card().name())
        .add("Prior's SHA-256", model.card().sha256())
        .add("Generation steps", generation_steps)
        .add("Device", model.device().label())
        .add("Seed", seed)
        .toString();
  }
}
