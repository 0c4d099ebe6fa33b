package io.github.posteriorj.imagej.host;

import static io.github.posteriorj.imagej.host.User.await;
import static io.github.posteriorj.imagej.host.User.expect;
import static io.github.posteriorj.imagej.host.User.photograph;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.measure.ResultsTable;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.io.File;
import java.util.Arrays;
import java.util.function.Consumer;

/** What {@link MeanWindowIT} does in an ImageJ with a window. */
final class MeanWindowScenario {

  private static final int ENDLESS = 1_000_000;

  private MeanWindowScenario() {}

  public static void main(String[] arguments) {
    try {
      new ImageJ();
      MenuEntries.install();
      ImagePlus image = IJ.openImage(arguments[1]);
      image.setRoi(0, 0, 48, 48);
      ImagePlus crop = image.crop();
      crop.setTitle("cells");
      crop.show();
      isEnded(arguments, MeanWindowScenario::closeByMouse);
      isEnded(arguments, window -> IJ.setKeyDown(KeyEvent.VK_ESCAPE));
      IJ.setKeyUp(KeyEvent.VK_ESCAPE);
      isFinished(arguments[2]);
      isEndedInTheSecondPlane(arguments[2]);
      System.out.println(IJ.getLog());
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static Thread restoring(String prior, int samples) {
    Thread thread =
        new Thread(
            () ->
                IJ.run(
                    "Posterior Denoise...",
                    "image=cells noise=190 chains=2 warm_start_steps=3 burn_in=0 thinning=1"
                        + " integrator=[Euler-Maruyama] preconditioning=none device=cpu trust=true"
                        + " prior=["
                        + prior
                        + "] samples="
                        + samples));
    thread.start();
    return thread;
  }

  /** The window that shows the mean while it runs; null until it is there. */
  private static ImagePlus look() {
    int[] ids = WindowManager.getIDList();
    return ids == null
        ? null
        : Arrays.stream(ids)
            .mapToObj(WindowManager::getImage)
            .filter(image -> image != null && image.getTitle().startsWith("cells-mean, "))
            .filter(image -> image.getWindow() != null && image.getWindow().isVisible())
            .findFirst()
            .orElse(null);
  }

  private static void isEnded(String[] arguments, Consumer<ImagePlus> end) throws Exception {
    Thread run = restoring(arguments[2], ENDLESS);
    ImagePlus look = await(MeanWindowScenario::look);
    String first = look.getTitle();
    float before = look.getProcessor().getf(0);
    await(() -> look.getTitle().equals(first) ? null : look);
    expect(true, look.getTitle().endsWith(" of " + ENDLESS + " samples"));
    expect(false, before == look.getProcessor().getf(0));
    look.getWindow().setLocation(500, 300);
    photograph(new File(arguments[0], "mean-while-it-runs.png"));
    end.accept(look);
    run.join();
    ImagePlus mean = await(() -> WindowManager.getImage("cells-mean-unfinished"));
    expect(48, mean.getWidth());
    ImagePlus samples = WindowManager.getImage("cells-samples-unfinished");
    expect(true, samples.getStackSize() > 1);
    expect(
        true,
        samples
            .getInfoProperty()
            .contains("Unfinished: " + samples.getStackSize() + " of " + ENDLESS));
    expect(true, WindowManager.getImage("cells-variance-unfinished") != null);
    expect(null, look());
    photograph(new File(arguments[0], "mean-unfinished.png"));
    for (String kind : new String[] {"mean", "samples", "variance"}) {
      ImagePlus image = WindowManager.getImage("cells-" + kind + "-unfinished");
      image.changes = false;
      image.close();
    }
  }

  private static void closeByMouse(ImagePlus image) {
    EventQueue.invokeLater(
        () ->
            image
                .getWindow()
                .dispatchEvent(new WindowEvent(image.getWindow(), WindowEvent.WINDOW_CLOSING)));
  }

  /** The results take the place of the window. */
  private static void isFinished(String prior) throws Exception {
    Thread run = restoring(prior, 4000);
    ImagePlus look = await(MeanWindowScenario::look);
    look.getWindow().setLocation(new Point(600, 400));
    run.join();
    ImagePlus mean = await(() -> WindowManager.getImage("cells-mean"));
    expect(null, look());
    expect(null, WindowManager.getImage("cells-mean-unfinished"));
    expect(new Point(600, 400), mean.getWindow().getLocation());
  }

  /** The planes that are finished are told of in a table that is marked as well. */
  private static void isEndedInTheSecondPlane(String prior) throws Exception {
    ImagePlus stack = WindowManager.getImage("cells");
    stack.getStack().addSlice(stack.getProcessor().duplicate());
    stack.setStack(stack.getStack());
    Thread run = restoring(prior, 4000);
    ImagePlus first = await(MeanWindowScenario::look);
    await(() -> look() == null || look() == first ? null : look());
    IJ.setKeyDown(KeyEvent.VK_ESCAPE);
    run.join();
    IJ.setKeyUp(KeyEvent.VK_ESCAPE);
    ResultsTable table = await(() -> ResultsTable.getResultsTable("cells-diagnostics-unfinished"));
    expect("channel 1, slice 1, frame 1", table.getLabel(table.size() - 1));
    expect(true, WindowManager.getImage("cells-mean-unfinished") != null);
  }
}
