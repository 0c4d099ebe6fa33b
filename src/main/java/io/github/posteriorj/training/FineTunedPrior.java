package io.github.posteriorj.training;

import io.github.posteriorj.library.CardDocument;
import io.github.posteriorj.library.InstalledPrior;
import io.github.posteriorj.library.NetworkFile;
import io.github.posteriorj.library.PriorInstaller;
import io.github.posteriorj.tensor.SavedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The folder of a fine-tuned prior: network, card and README, with the parent's credits.
 *
 * @param name the new prior's name
 * @param parent the prior that it was made from
 * @param data what it has learned from, for people
 * @param images the images
 * @param settings how it was trained
 * @param result what came out; it has a network
 */
public record FineTunedPrior(
    String name,
    InstalledPrior parent,
    String data,
    TrainingSet images,
    FineTuningSettings settings,
    FineTuningResult result)
    implements PriorInstaller.Content {

  private static final String NETWORK = "consistency-model.pt";
  private static final String README = "README.md";
  private static final String PARENT_README = "parent-README.md";

  /** What remains true of the network after training; metrics, for example, do not. */
  private static final List<String> LASTING =
      List.of(
          "sigma_min",
          "sigma_max",
          "sigma_data",
          "value_range",
          "size_multiple",
          "minimum_size",
          "channels",
          "gradient_bytes_per_pixel",
          "intermediate_sigma",
          "reach");

  @Override
  public void writeTo(Path folder) throws IOException {
    SavedNetwork network = result.network().orElseThrow();
    Path file = folder.resolve(NETWORK);
    network.write(file);
    card(NetworkFile.of(file).sha256()).write(folder);
    Files.writeString(folder.resolve(README), readme());
    if (Files.isRegularFile(parent.folder().resolve(README))) {
      Files.copy(parent.folder().resolve(README), folder.resolve(PARENT_README));
    }
  }

  private CardDocument card(String sha256) throws IOException {
    CardDocument document = CardDocument.read(parent.folder());
    Map<String, Object> constants = new LinkedHashMap<>();
    for (String key : LASTING) {
      document.at("config", "posteriorj", key).ifPresent(value -> constants.put(key, value));
    }
    constants.put("fine_tuning", facts());
    Object version = document.at("weights", "torchscript", "pytorch_version").orElse(null);
    return document
        .with(name, "name")
        .with("\"" + parent.card().name() + "\", fine-tuned on " + data + ".", "description")
        .with(README, "documentation")
        .with(constants, "config", "posteriorj")
        .with(null, "weights")
        .with(version, "weights", "torchscript", "pytorch_version")
        .withWeights(NETWORK, sha256);
  }

  private Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("parent", parent.card().name());
    facts.put("parent_sha256", parent.card().network().sha256());
    facts.put("data", data);
    facts.put("training_images", images.trainingCount());
    facts.put("validation_images", images.validationCount());
    facts.put("patch_size", images.patch());
    facts.put("steps", settings.steps());
    facts.put("batch", settings.batch());
    facts.put("learning_rate", settings.learningRate());
    facts.put("gap", settings.gap());
    facts.put("seed", settings.seed());
    facts.put("best_step", result.bestStep());
    facts.put("validation_loss_of_parent", result.parentLoss());
    facts.put("validation_loss", result.bestLoss());
    return facts;
  }

  private String readme() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(name).append("\n\n");
    text.append(
        """
        The prior "%s", fine-tuned on %s by consistency tuning: %d steps of %d patches of %d x %d
        pixels, learning rate %s; the weights are those after step %d, a moving average. Of the
        images, or the parts of a single one, %d were learned from and %d judged.

        The parent's hash is %s.%s

        | step | training loss | validation loss |
        |---|---|---|
        """
            .formatted(
                parent.card().name(),
                data,
                settings.steps(),
                settings.batch(),
                images.patch(),
                images.patch(),
                settings.learningRate(),
                result.bestStep(),
                images.trainingCount(),
                images.validationCount(),
                parent.card().network().sha256(),
                Files.isRegularFile(parent.folder().resolve(README))
                    ? " `" + PARENT_README + "` has the credits of its own training images."
                    : ""));
    for (FineTuningResult.Loss loss : result.validation()) {
      String training =
          result.training().stream()
              .filter(other -> other.step() == loss.step())
              .map(other -> number(other.value()))
              .findFirst()
              .orElse("");
      text.append("| %d | %s | %s |\n".formatted(loss.step(), training, number(loss.value())));
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
