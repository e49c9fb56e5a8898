package readiness.ready.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strings on the pipe: a length in bytes, then UTF-8. {@link DataOutputStream#writeUTF} ends at 64
 * KiB, and a message may be longer.
 */
final class Text {
  private Text() {}

  static void write(@Nullable String text, DataOutputStream to) throws IOException {
    if (text == null) {
      to.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
  }

  static String read(DataInputStream from) throws IOException {
    String text = readOrNull(from);
    if (text == null) {
      throw new IOException("a text is missing");
    }
    return text;
  }

  static @Nullable String readOrNull(DataInputStream from) throws IOException {
    int length = from.readInt();
    return length < 0 ? null : new String(from.readNBytes(length), StandardCharsets.UTF_8);
  }

  static void write(List<String> texts, DataOutputStream to) throws IOException {
    to.writeInt(texts.size());
    for (String text : texts) {
      write(text, to);
    }
  }

  static List<String> readAll(DataInputStream from) throws IOException {
    String[] texts = new String[from.readInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = read(from);
    }
    return List.of(texts);
  }
}
