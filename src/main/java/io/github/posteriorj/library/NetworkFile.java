package io.github.posteriorj.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The TorchScript file of a network, and the hash by which it is known.
 *
 * @param path the file
 * @param sha256 the SHA-256 hash of its content, 64 lower-case hexadecimal digits
 */
public record NetworkFile(Path path, String sha256) {

  private static final int BUFFER = 1 << 16;

  /**
   * A file with the hash of what is in it now.
   *
   * @throws IOException if the file cannot be read
   */
  public static NetworkFile of(Path path) throws IOException {
    return new NetworkFile(path, hash(path));
  }

  private static String hash(Path path) throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
