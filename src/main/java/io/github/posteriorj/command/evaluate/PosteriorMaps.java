package io.github.posteriorj.command.evaluate;

import ij.IJ;
import ij.ImagePlus;
import io.github.posteriorj.command.Section;
import io.github.posteriorj.ensemble.MapWords;
import io.github.posteriorj.ensemble.PixelStatistic;
import io.github.posteriorj.ensemble.PosteriorMap;
import io.github.posteriorj.imagej.EnsembleImage.Plane;
import io.github.posteriorj.imagej.LookUpTables;
import io.github.posteriorj.imagej.MapImages;
import io.github.posteriorj.imagej.ResultImages;
import io.github.posteriorj.progress.Progress;
import io.github.posteriorj.text.Info;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Makes maps of what samples say at each pixel: one image a map, titled by its words. */
@Plugin(
    type = Command.class,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "PosteriorJ"),
      @Menu(label = "Evaluate", weight = 3.7),
      @Menu(label = "Posterior Maps...", weight = 1)
    },
    description =
        "Maps of uncertainty from samples: standard deviation, median, quantiles, credible"
            + " intervals, probability of exceeding a threshold.")
public class PosteriorMaps extends SamplesCommand<List<ImagePlus>> {

  @Parameter(
      label = "Maps",
      description = MapWords.DESCRIPTION,
      persist = false,
      attrs = @Attr(name = Section.ATTRIBUTE, value = Section.RESULTS))
  private String maps = "standard deviation, median, interval width 0.95";

  @Parameter(
      label = "Chains of the samples (0: as the Info tells)",
      description =
          "For R-hat: how many chains took turns in drawing the samples. 0: as many as the Info"
              + " tells of, else one.",
      min = "0",
      persist = false,
      attrs = @Attr(name = GROUP, value = Section.SAMPLES))
  private int chains = 0;

  private List<PosteriorMap> chosen;
  private int drawing;

  @Override
  protected void prepare() throws IOException {
    super.prepare();
    chosen = MapWords.parse(maps);
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("No map is chosen. " + MapWords.DESCRIPTION);
    }
    drawing = chains == 0 ? samples().chains() : chains;
    if (drawing > samples().count()) {
      throw new IllegalArgumentException(
          "There are %d samples, which %d chains cannot have drawn. Give chains=1."
              .formatted(samples().count(), drawing));
    }
  }

  @Override
  protected List<ImagePlus> compute(Progress progress) {
    List<List<float[]>> made = chosen.stream().<List<float[]>>map(m -> new ArrayList<>()).toList();
    List<Plane> planes = samples().planes();
    int count = samples().count();
    for (int plane = 0; plane < planes.size(); plane++) {
      List<PixelStatistic> statistics = chosen.stream().map(PosteriorMap::begin).toList();
      for (int sample = 0; sample < count; sample++) {
        float[] pixels = samples().pixels(planes.get(plane), sample);
        int chain = sample % drawing;
        statistics.forEach(statistic -> statistic.add(pixels, chain));
        progress.advanced(
            "Posterior maps", (long) plane * count + sample + 1, (long) planes.size() * count);
      }
      for (int map = 0; map < statistics.size(); map++) {
        made.get(map).add(statistics.get(map).values());
      }
    }
    List<ImagePlus> images = new ArrayList<>();
    for (int map = 0; map < chosen.size(); map++) {
      images.add(image(chosen.get(map), made.get(map)));
    }
    return images;
  }

  private ImagePlus image(PosteriorMap map, List<float[]> planes) {
    Info info = info().add("Map", map.words());
    doubt(map).ifPresent(doubt -> info.add("Warning", doubt));
    ImagePlus image = samples().result("-" + MapImages.kind(map), planes, info.toString());
    if (map.showsIntensities()) {
      ImagePlus shown = samples().image();
      return ResultImages.withDisplay(
          image, LookUpTables.gray(), shown.getDisplayRangeMin(), shown.getDisplayRangeMax());
    }
    return MapImages.inColours(image);
  }

  private Optional<String> doubt(PosteriorMap map) {
    return map.doubt(samples().count(), drawing);
  }

  @Override
  protected void show(List<ImagePlus> images) {
    images.forEach(ResultImages::show);
    for (PosteriorMap map : chosen) {
      doubt(map).ifPresent(doubt -> IJ.log(samples().title() + ": " + doubt));
    }
  }
}
