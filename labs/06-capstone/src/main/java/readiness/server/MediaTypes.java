package readiness.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Content-Type by the ending of a file's name. */
final class MediaTypes {
  private static final byte[] UNKNOWN = ascii("application/octet-stream");

  private static final Map<String, byte[]> BY_ENDING =
      Map.ofEntries(
          type("html", "text/html; charset=utf-8"),
          type("htm", "text/html; charset=utf-8"),
          type("css", "text/css; charset=utf-8"),
          type("js", "text/javascript; charset=utf-8"),
          type("mjs", "text/javascript; charset=utf-8"),
          type("json", "application/json"),
          type("map", "application/json"),
          type("txt", "text/plain; charset=utf-8"),
          type("md", "text/markdown; charset=utf-8"),
          type("xml", "application/xml"),
          type("svg", "image/svg+xml"),
          type("png", "image/png"),
          type("jpg", "image/jpeg"),
          type("jpeg", "image/jpeg"),
          type("gif", "image/gif"),
          type("webp", "image/webp"),
          type("avif", "image/avif"),
          type("ico", "image/x-icon"),
          type("woff2", "font/woff2"),
          type("wasm", "application/wasm"),
          type("pdf", "application/pdf"),
          type("mp3", "audio/mpeg"),
          type("mp4", "video/mp4"),
          type("webm", "video/webm"),
          type("zip", "application/zip"),
          type("gz", "application/gzip"));

  private MediaTypes() {}

  private static Map.Entry<String, byte[]> type(String ending, String type) {
    return Map.entry(ending, ascii(type));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The type of a file; bytes of no known kind if its ending says nothing. */
  static byte[] of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return BY_ENDING.getOrDefault(fileName.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
  }
}
