package io.github.posteriorj.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorDescriptionTest {

  @TempDir private Path folder;

  @Test
  void theBundledPriorIsDescribedWithLicenceCreditsAndHash() throws IOException {
    Path bundled = Path.of("models/microscopy-64");
    PriorDescription prior = PriorDescription.of(InstalledPrior.of(bundled));
    assertEquals("Microscopy 64", prior.name());
    assertEquals("BSD-2-Clause", prior.licence());
    assertTrue(prior.purpose().startsWith("A consistency model of gray fluorescence"));
    String text = prior.details();
    for (String part :
        List.of(
            "Folder: " + bundled.toAbsolutePath(),
            "SHA-256: " + PriorCard.read(bundled).network().sha256(),
            "Hash of the file: is that of the card",
            "Karras, Aittala, Aila and Laine",
            "Credits of the training images",
            " MB")) {
      assertTrue(text.contains(part), text);
    }
  }

  @Test
  void metricsAndTrainingOfTheCardAreShown() throws IOException {
    PriorFolders.write(folder, 8, "return x");
    CardDocument.read(folder)
        .with(31.5, "config", "posteriorj", "metrics", "psnr", "nuclei", "blur")
        .with(32.5, "config", "posteriorj", "metrics", "psnr", "nuclei", "mask")
        .write(folder);
    String text = PriorDescription.of(InstalledPrior.of(folder)).details();
    assertTrue(text.contains("Metrics:\n  psnr:\n    nuclei: {blur: 31.5, mask: 32.5}"), text);
    assertFalse(text.contains("size_multiple"), text);
  }

  @Test
  void aDamagedOrMissingNetworkIsSaidToBe() throws IOException {
    PriorFolders.write(folder, 8, "return x");
    PriorFolders.writeCard(folder, 8, "ab".repeat(32));
    assertTrue(
        PriorDescription.of(InstalledPrior.of(folder))
            .details()
            .contains("ANOTHER one than the card's"));
    Files.delete(folder.resolve("network.pt"));
    String text = PriorDescription.of(InstalledPrior.of(folder)).details();
    assertTrue(text.contains("which is missing") && text.contains("there is no file"), text);
  }
}
