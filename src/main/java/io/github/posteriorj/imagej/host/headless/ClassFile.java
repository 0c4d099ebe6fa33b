package io.github.posteriorj.imagej.host.headless;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/** Renames the classes that a class file refers to (JVM Specification, section 4.4). */
final class ClassFile {

  private static final int UTF8 = 1;

  private ClassFile() {}

  /**
   * Returns a class file that refers to other classes.
   *
   * @param classFile the bytes of a class
   * @param names new names by old names, both with slashes
   */
  static byte[] rename(byte[] classFile, Map<String, String> names) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong()); // magic number and versions
    int constants = in.readUnsignedShort();
    out.writeShort(constants);
    for (int i = 1; i < constants; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        out.writeUTF(rename(in.readUTF(), names));
      } else {
        out.write(in.readNBytes(length(tag)));
        if (length(tag) == Long.BYTES) {
          i++; // Long and double constants count as two.
        }
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private static String rename(String text, Map<String, String> names) {
    if (names.containsKey(text)) {
      return names.get(text);
    }
    String renamed = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      renamed = renamed.replace("L" + name.getKey() + ";", "L" + name.getValue() + ";");
    }
    return renamed;
  }

  /** Returns how many bytes follow the tag of a constant other than text. */
  private static int length(int tag) throws IOException {
    return switch (tag) {
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      default -> throw new IOException("Unknown constant in a class file: " + tag);
    };
  }
}
