package io.github.posteriorj.job;

import io.github.posteriorj.prior.GenerativeModel;
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
 */
public record PriorChoice(
    String name, Optional<String> sha256, Generator generator, int generationSteps) {

  /**
   * Opens the network, if it may run.
   *
   * @throws IllegalArgumentException if so many steps make no images, or the network may not run;
   *     the message says what to do
   * @throws IOException if there is no such prior, it is not the one of the hash, or it cannot be
   *     used; the message says why
   */
  public GenerativeModel open(Resources resources, ComputeDevice device) throws IOException {
    generator.checkSteps(generationSteps);
    GenerativeModel model = generator.open(resources.prior(name), device, resources.consent());
    if (sha256.isPresent() && !sha256.get().equals(model.sha256())) {
      model.close();
      throw new IOException(
          ("The prior \"%s\" is another one than the job asks for: its network has the SHA-256 %s,"
                  + " not %s. Install the prior that the job was run with, or take the line sha256"
                  + " out of the job's prior to use this one.")
              .formatted(name, model.sha256(), sha256.get()));
    }
    return model;
  }

  /** The same, bound to a network's file. */
  PriorChoice bound(String hash) {
    return new PriorChoice(name, Optional.of(hash), generator, generationSteps);
  }
}
