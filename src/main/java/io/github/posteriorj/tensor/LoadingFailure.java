package io.github.posteriorj.tensor;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLException;

/** Why PyTorch could not be loaded, and what to do about it, for people. */
final class LoadingFailure {

  private LoadingFailure() {}

  /** What a failure of DJL's means: that of the innermost cause that is known. */
  static String explain(Throwable failure) {
    String meaning = "";
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = cause;
      if (cause instanceof FileSystemException file) {
        meaning = notWritable(file);
      } else if (isOfTheNetwork(cause)) {
        meaning = noNetwork(cause);
      }
    }
    return meaning.isEmpty() ? notLoaded(innermost) : meaning;
  }

  private static boolean isOfTheNetwork(Throwable cause) {
    return cause instanceof UnknownHostException
        || cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof SSLException;
  }

  private static String noNetwork(Throwable cause) {
    return "PyTorch is not installed, and there is no network to download it from ("
        + description(cause)
        + "). Unzip PosteriorJ's native package (posteriorj-...-native-....zip) into ImageJ's"
        + " folder: with it nothing is downloaded. Behind a proxy, start ImageJ's Java with"
        + " -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT.";
  }

  private static String notWritable(FileSystemException failure) {
    String reason =
        failure instanceof AccessDeniedException ? "no permission" : description(failure);
    return "PyTorch's libraries cannot be written to "
        + failure.getFile()
        + " ("
        + reason
        + "). Set the environment variable DJL_CACHE_DIR to a folder that you can write to, or"
        + " start ImageJ's Java with -DDJL_CACHE_DIR=FOLDER.";
  }

  private static String notLoaded(Throwable cause) {
    return "PyTorch could not be loaded: "
        + description(cause)
        + "\nIf another plugin has already loaded its own PyTorch, restart ImageJ and run"
        + " PosteriorJ first. On Windows, install the Visual C++ redistributable.";
  }

  private static String description(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
