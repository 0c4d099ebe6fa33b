package io.github.posteriorj.job;

import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.Tiling;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.util.Optional;

/**
 * Which prior makes images of noise, and how.
 *
 * @param name the prior's name, or a path
 * @param sha256 the hash of the network's file, if it has to be that one
 * @param generator which of its networks
 * @param generationSteps steps from noise to image
 * @param tile the largest side, in pixels, of the tiles that its networks see of an image at once,
 *     without what they see around ({@link Tiling}); chosen by the memory there is if it is not
 *     given
 */
public record PriorChoice(
    String name,
    Optional<String> sha256,
    Generator generator,
    int generationSteps,
    Optional<Integer> tile) {

  /** A prior with tiles as the memory asks for them. */
  public PriorChoice(
      String name, Optional<String> sha256, Generator generator, int generationSteps) {
    this(name, sha256, generator, generationSteps, Optional.empty());
  }

  /**
   * The same in tiles.
   *
   * @param side their largest side, in pixels, or 0 to choose it by the memory there is
   */
  public PriorChoice inTilesOf(int side) {
    return new PriorChoice(
        name, sha256, generator, generationSteps, side == 0 ? Optional.empty() : Optional.of(side));
  }

  /**
   * Opens the network, if it may run.
   *
   * @throws IllegalArgumentException if so many steps make no images, the network may not run, or
   *     it cannot be computed in tiles that are asked for; the message says what to do
   * @throws IOException if there is no such prior, it is not the one of the hash, or it cannot be
   *     used; the message says why
   */
  public GenerativeModel open(Resources resources, ComputeDevice device) throws IOException {
    generator.checkSteps(generationSteps);
    GenerativeModel model = generator.open(resources.prior(name), device, resources.consent());
    try {
      checkHash(model);
      return tile.isPresent() ? model.tiled(tile.get()) : model;
    } catch (IOException | IllegalArgumentException e) {
      model.close();
      throw e;
    }
  }

  private void checkHash(GenerativeModel model) throws IOException {
    if (sha256.isPresent() && !sha256.get().equals(model.sha256())) {
      throw new IOException(
          ("The prior \"%s\" is another one than the job asks for: its network has the SHA-256 %s,"
                  + " not %s. Install the prior that the job was run with, or take the line sha256"
                  + " out of the job's prior to use this one.")
              .formatted(name, model.sha256(), sha256.get()));
    }
  }

  /** The same, bound to a network's file. */
  PriorChoice bound(String hash) {
    return new PriorChoice(name, Optional.of(hash), generator, generationSteps, tile);
  }
}
