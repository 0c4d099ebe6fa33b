package io.github.posteriorj.imagej;

import ij.ImagePlus;
import io.github.posteriorj.ensemble.PosteriorMap;
import java.util.Locale;

/** How maps of a posterior are shown. */
public final class MapImages {

  private MapImages() {}

  /** What a map's title ends with, such as {@code interval-width-0.95}. */
  public static String kind(PosteriorMap map) {
    return map.words().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** Shows numbers that are no intensities: as bright as they are large. */
  public static ImagePlus inColours(ImagePlus map) {
    map.setLut(LookUpTables.inferno());
    return map;
  }
}
