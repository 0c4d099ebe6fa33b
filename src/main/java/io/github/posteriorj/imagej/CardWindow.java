package io.github.posteriorj.imagej;

import ij.IJ;
import ij.WindowManager;
import java.awt.Image;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window with a page in HTML, and one picture in it; it stands in ImageJ's Window menu. */
public final class CardWindow {

  /** Where the picture stands in a page, if there is one. */
  public static final String PICTURE = "<!-- picture -->";

  private static final String PICTURE_ADDRESS = "file:picture";

  private static final int WIDTH = 760;
  private static final int HEIGHT = 680;

  private CardWindow() {}

  /**
   * Shows a page.
   *
   * @param title the window's
   * @param html the page
   * @param picture what is shown in the place of {@link #PICTURE}
   */
  public static void show(String title, String html, Optional<? extends Image> picture) {
    SwingUtilities.invokeLater(() -> open(title, html, picture));
  }

  private static void open(String title, String html, Optional<? extends Image> picture) {
    JEditorPane page = new JEditorPane("text/html", "");
    page.setEditable(false);
    picture.ifPresent(image -> page.getDocument().putProperty("imageCache", cache(image)));
    page.setText(
        html.replace(
            PICTURE, picture.map(image -> "<img src='" + PICTURE_ADDRESS + "'>").orElse("")));
    page.setCaretPosition(0);
    JFrame frame = new JFrame(title);
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent event) {
            WindowManager.removeWindow(frame);
          }
        });
    frame.add(new JScrollPane(page));
    frame.setSize(WIDTH, HEIGHT);
    frame.setLocationRelativeTo(IJ.getInstance());
    frame.setVisible(true);
    WindowManager.addWindow(frame);
  }

  /** Where Swing looks for a picture before it asks for it at its address; it wants a Hashtable. */
  @SuppressWarnings("JdkObsolete")
  private static Hashtable<URL, Image> cache(Image picture) {
    try {
      return new Hashtable<>(Map.of(new URL(PICTURE_ADDRESS), picture));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
