package io.github.posteriorj.command.simulate;

import io.github.posteriorj.command.Section;
import io.github.posteriorj.image.Planes;
import io.github.posteriorj.imagej.PixelSize;
import io.github.posteriorj.job.ComputedPsf;
import io.github.posteriorj.job.PsfShape;
import io.github.posteriorj.operator.ForwardOperator;
import io.github.posteriorj.operator.MirroredConvolution;
import io.github.posteriorj.operator.PointSpreadFunction;
import java.io.IOException;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Blurs the active image by a computed PSF, and adds noise. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Simulate", weight = 2),
      @Menu(label = "Simulate PSF Blur...", weight = 2)
    },
    description =
        "Simulates a measurement blurred by a computed PSF: Gaussian, Airy disk, Born"
            + " and Wolf; with noise.")
public class SimulatePsfBlur extends SimulateCommand {

  @Parameter(
      label = "Kind of PSF",
      description = "A Gaussian, an Airy disk (in focus), or Born and Wolf's PSF out of focus.",
      choices = {"Gaussian", "Airy", "Born-Wolf"},
      persist = false)
  private String psf_model = PsfShape.AIRY.label();

  @Parameter(
      label = "Sigma of a Gaussian PSF (pixels)",
      description = "For a Gaussian: its standard deviation.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "psf_model=Gaussian"))
  private double psf_sigma = 2;

  @Parameter(
      label = "Emission wavelength (nm)",
      description = "For Airy and Born-Wolf: of the detected light in vacuum.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "psf_model=Airy|Born-Wolf"))
  private double wavelength = 520;

  @Parameter(
      label = "Numerical aperture",
      description = "For Airy and Born-Wolf: the objective's.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "psf_model=Airy|Born-Wolf"))
  private double numerical_aperture = 1.4;

  @Parameter(
      label = "Refractive index of the immersion",
      description = "For Born-Wolf: of the immersion medium.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.INSTRUMENT),
        @Attr(name = COUNTS_WITH, value = "psf_model=Born-Wolf")
      })
  private double refractive_index = 1.515;

  @Parameter(
      label = "Defocus of the sample (\u00b5m)",
      description = "For Born-Wolf: distance of the sample from the plane in focus.",
      style = DECIMALS,
      persist = false,
      attrs = {
        @Attr(name = GROUP, value = Section.INSTRUMENT),
        @Attr(name = COUNTS_WITH, value = "psf_model=Born-Wolf")
      })
  private double defocus = 0;

  @Parameter(
      label = "Pixel size (\u00b5m, 0: from the image)",
      description = "For Airy and Born-Wolf: 0 takes it from the image's calibration.",
      min = "0",
      style = DECIMALS,
      persist = false,
      attrs = @Attr(name = COUNTS_WITH, value = "psf_model=Airy|Born-Wolf"))
  private double pixel_size = 0;

  private PointSpreadFunction psf;

  @Override
  protected void prepare() throws IOException {
    super.prepare();
    PsfShape shape = PsfShape.labelled(psf_model);
    double micrometres =
        shape == PsfShape.GAUSSIAN || pixel_size > 0
            ? pixel_size
            : PixelSize.ofSquarePixels(image());
    psf =
        new ComputedPsf(
                shape,
                psf_sigma,
                wavelength,
                numerical_aperture,
                refractive_index,
                defocus,
                pixel_size)
            .on(micrometres, Math.min(image().getWidth(), image().getHeight()));
  }

  @Override
  protected ForwardOperator operator() {
    return new MirroredConvolution(psf);
  }

  @Override
  protected Map<String, RandomAccessibleInterval<FloatType>> ingredients() {
    return Map.of("-psf", Planes.of(psf.values(), psf.width(), psf.height()));
  }
}
