package io.github.posteriorj.solver;

import io.github.posteriorj.prior.ConsistencyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A {@link NormalModel} that is open as long as the tests of a class run. */
final class OpenNormalModel implements BeforeAllCallback, AfterAllCallback {

  private final Supplier<Path> folder;
  private ConsistencyModel model;

  /**
   * A model of a folder.
   *
   * @param folder there when the first test begins
   */
  OpenNormalModel(Supplier<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    model = NormalModel.in(folder.get().resolve("normal"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    model.close();
  }

  ConsistencyModel get() {
    return model;
  }
}
