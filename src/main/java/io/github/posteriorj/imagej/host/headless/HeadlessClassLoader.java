package io.github.posteriorj.imagej.host.headless;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Loads everything anew, and ImageJ such that it needs no display. */
public final class HeadlessClassLoader extends SecureClassLoader implements Closeable {

  private static final List<Class<?>> REPLACEMENTS =
      List.of(
          Window.class,
          Frame.class,
          Dialog.class,
          Label.class,
          Button.class,
          Checkbox.class,
          CheckboxGroup.class,
          Choice.class,
          TextComponent.class,
          TextField.class,
          TextArea.class,
          Scrollbar.class,
          MenuComponent.class,
          MenuItem.class,
          CheckboxMenuItem.class,
          Menu.class,
          PopupMenu.class,
          MenuBar.class);

  private static final Map<String, String> NAMES = names();

  /** The only dialog of this class is the one that shows a macro's error. */
  private static final String INTERPRETER = "ij.macro.Interpreter";

  private static final Map<String, String> ERROR_MESSAGE =
      Map.of("ij/gui/GenericDialog", internalName(MacroErrorMessage.class));

  private final URLClassLoader files = new URLClassLoader(classPath(), null);

  /** Makes a class loader that finds what the one of this class finds. */
  public HeadlessClassLoader() throws MalformedURLException {
    super("headless ImageJ", getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    URL file = files.findResource(path);
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = file.openStream()) {
      byte[] code = in.readAllBytes();
      if (name.startsWith("ij.")) {
        code = ClassFile.rename(code, NAMES);
      }
      if (name.equals(INTERPRETER)) {
        code = ClassFile.rename(code, ERROR_MESSAGE);
      }
      return defineClass(name, code, 0, code.length, source(file, path));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected URL findResource(String name) {
    return files.findResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return files.findResources(name);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  /** Some libraries ask in which jar or folder their classes lie. */
  private static CodeSource source(URL file, String path) throws IOException {
    URL location =
        file.openConnection() instanceof JarURLConnection jar
            ? jar.getJarFileURL()
            : URI.create(file.toString().substring(0, file.toString().length() - path.length()))
                .toURL();
    return new CodeSource(location, (CodeSigner[]) null);
  }

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (Class<?> replacement : REPLACEMENTS) {
      names.put("java/awt/" + replacement.getSimpleName(), internalName(replacement));
    }
    names.put("java/awt/dnd/DropTarget", internalName(DropTarget.class));
    return Map.copyOf(names);
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /** Maven runs programs in a class loader of its own, not from the JVM's class path. */
  private static URL[] classPath() throws MalformedURLException {
    if (HeadlessClassLoader.class.getClassLoader() instanceof URLClassLoader loader) {
      return loader.getURLs();
    }
    List<URL> urls = new ArrayList<>();
    for (String entry :
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .toList()) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
