package io.github.posteriorj.job;

import io.github.posteriorj.prior.GenerativeModel;
import io.github.posteriorj.prior.PriorCard;
import io.github.posteriorj.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
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
    Path folder = resources.prior(name);
    PriorCard card = generator.card(folder);
    // A damaged file is no stranger.
    card.checkNetwork();
    if (sha256.isPresent() && !sha256.get().equals(card.sha256())) {
      throw new IOException(
          ("The prior \"%s\" in %s is another one than the job asks for: its network has the"
                  + " SHA-256 %s, not %s. Install the prior that the job was run with, or take the"
                  + " line sha256 out of the job's prior to use this one.")
              .formatted(name, folder, card.sha256(), sha256.get()));
    }
    resources.permit(card.network(), card.sha256());
    return generator.open(folder, device);
  }

  /** The same, bound to a network's file. */
  PriorChoice bound(String hash) {
    return new PriorChoice(name, Optional.of(hash), generator, generationSteps);
  }
}
