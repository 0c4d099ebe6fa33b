package io.github.posteriorj.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes small TorchScript networks without Python: a TorchScript file is a zip of source text and
 * a pickled module, and a module without parameters is a few bytes of pickle.
 *
 * <pre>{@code
 * Path file = TorchScriptFiles.write(folder.resolve("half.pt"), "return torch.mul(x, 0.5)");
 * }</pre>
 */
public final class TorchScriptFiles {

  private TorchScriptFiles() {}

  /**
   * Writes a network whose forward takes {@code x} and {@code sigma}.
   *
   * @param body the statements of forward in TorchScript's dialect of Python, one a line
   */
  public static Path write(Path file, String... body) throws IOException {
    return write(file, List.of("x", "sigma"), body);
  }

  /** Writes a network whose forward takes tensors of the given names. */
  public static Path write(Path file, List<String> inputs, String... body) throws IOException {
    StringBuilder code =
        new StringBuilder(
            """
            class Network(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Network\
            """);
    for (String input : inputs) {
      code.append(",\n    ").append(input).append(": Tensor");
    }
    code.append(") -> Tensor:\n");
    for (String statement : body) {
      code.append("    ").append(statement).append('\n');
    }
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, "data.pkl", module());
      add(zip, "code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
      // An empty tuple: the code has no tensor constants.
      add(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      add(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** A pickle (protocol 2) of an object of class Network with the one attribute training = True. */
  private static byte[] module() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes("c__torch__\nNetwork\n".getBytes(StandardCharsets.UTF_8));
    pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
    byte[] name = "training".getBytes(StandardCharsets.UTF_8);
    pickle.writeBytes(new byte[] {'X', (byte) name.length, 0, 0, 0});
    pickle.writeBytes(name);
    pickle.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  /** PyTorch reads stored entries only. */
  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("network/" + name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
