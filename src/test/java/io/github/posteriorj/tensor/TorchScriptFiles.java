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
 * a pickled module, and a module with few parameters is a few bytes of pickle.
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
    return write(file, inputs, List.of(), body);
  }

  /**
   * Writes a network with trainable parameters, of one number each, which begin at zero.
   *
   * @param parameters their names; forward reads them as {@code self.name}
   */
  public static Path writeTrainable(Path file, List<String> parameters, String... body)
      throws IOException {
    return write(file, List.of("x", "sigma"), parameters, body);
  }

  private static Path write(Path file, List<String> inputs, List<String> parameters, String... body)
      throws IOException {
    StringBuilder code = new StringBuilder("class Network(Module):\n  __parameters__ = [");
    parameters.forEach(name -> code.append('"').append(name).append("\", "));
    code.append("]\n  __buffers__ = []\n");
    parameters.forEach(name -> code.append("  ").append(name).append(" : Tensor\n"));
    code.append("  training : bool\n  def forward(self: __torch__.Network");
    for (String input : inputs) {
      code.append(",\n    ").append(input).append(": Tensor");
    }
    code.append(") -> Tensor:\n");
    for (String statement : body) {
      code.append("    ").append(statement).append('\n');
    }
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, "data.pkl", module(parameters));
      for (int i = 0; i < parameters.size(); i++) {
        add(zip, "data/" + i, new byte[Float.BYTES]);
      }
      add(zip, "code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
      // An empty tuple: the code has no tensor constants.
      add(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      add(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** A pickle (protocol 2) of an object of class Network with its parameters, in training mode. */
  private static byte[] module(List<String> parameters) {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes(ascii("c__torch__\nNetwork\n"));
    pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
    for (int i = 0; i < parameters.size(); i++) {
      text(pickle, parameters.get(i));
      number(pickle, i);
    }
    text(pickle, "training");
    pickle.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  /** A call of PyTorch's function that makes a tensor of one number of a storage of that name. */
  private static void number(ByteArrayOutputStream pickle, int storage) {
    pickle.writeBytes(ascii("ctorch._utils\n_rebuild_tensor_v2\n(("));
    text(pickle, "storage");
    pickle.writeBytes(ascii("ctorch\nFloatStorage\n"));
    text(pickle, String.valueOf(storage));
    text(pickle, "cpu");
    // One number; then offset 0, size (1), stride (1), with gradient, no hooks.
    pickle.writeBytes(new byte[] {'K', 1, 't', 'Q', 'K', 0});
    pickle.writeBytes(new byte[] {'(', 'K', 1, 't', '(', 'K', 1, 't', (byte) 0x88});
    pickle.writeBytes(ascii("ccollections\nOrderedDict\n"));
    pickle.writeBytes(new byte[] {')', 'R', 't', 'R'});
  }

  private static void text(ByteArrayOutputStream pickle, String text) {
    byte[] content = ascii(text);
    pickle.writeBytes(new byte[] {'X', (byte) content.length, 0, 0, 0});
    pickle.writeBytes(content);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
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
