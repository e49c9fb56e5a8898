package readiness.server;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/** Content-Type by the ending of a file's name. */
final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          entry("html", "text/html; charset=utf-8"),
          entry("htm", "text/html; charset=utf-8"),
          entry("css", "text/css; charset=utf-8"),
          entry("js", "text/javascript; charset=utf-8"),
          entry("mjs", "text/javascript; charset=utf-8"),
          entry("json", "application/json"),
          entry("map", "application/json"),
          entry("txt", "text/plain; charset=utf-8"),
          entry("md", "text/markdown; charset=utf-8"),
          entry("xml", "application/xml"),
          entry("svg", "image/svg+xml"),
          entry("png", "image/png"),
          entry("jpg", "image/jpeg"),
          entry("jpeg", "image/jpeg"),
          entry("gif", "image/gif"),
          entry("webp", "image/webp"),
          entry("avif", "image/avif"),
          entry("ico", "image/x-icon"),
          entry("woff2", "font/woff2"),
          entry("wasm", "application/wasm"),
          entry("pdf", "application/pdf"),
          entry("mp3", "audio/mpeg"),
          entry("mp4", "video/mp4"),
          entry("webm", "video/webm"),
          entry("zip", "application/zip"),
          entry("gz", "application/gzip"));

  private MediaTypes() {}

  /** The type of a file; bytes of no known kind if its ending says nothing. */
  static String of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return BY_ENDING.getOrDefault(fileName.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
  }
}
