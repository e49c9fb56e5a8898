package readiness.bench.epoll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** What clients ask, and what they must be answered. */
enum Work {
  /** 64 bytes, which come back. */
  ECHO {
    private static final byte[] MESSAGE = message();

    private static byte[] message() {
      byte[] message = new byte[64];
      new Random(7).nextBytes(message);
      return message;
    }

    @Override
    byte[] request() {
      return MESSAGE;
    }

    @Override
    int answerLength(int port) {
      return MESSAGE.length;
    }

    @Override
    boolean areAnswers(ByteBuffer answers, ByteBuffer requests, int length) {
      return answers.mismatch(requests) < 0;
    }
  },

  /** A request such as a small client sends; the answer is {@link Served#answer}. */
  HTTP {
    private static final byte[] REQUEST =
        ascii(
            "GET /hello HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "User-Agent: readiness\r\n"
                + "Accept: */*\r\n\r\n");

    /** The first eight bytes of "HTTP/1.1 200 OK", and the next four. */
    private static final long VERSION = ByteBuffer.wrap(ascii("HTTP/1.1")).getLong();

    private static final int STATUS = ByteBuffer.wrap(ascii(" 200")).getInt();

    @Override
    byte[] request() {
      return REQUEST;
    }

    @Override
    int answerLength(int port) throws IOException {
      return Load.fetch(port).length();
    }

    @Override
    boolean areAnswers(ByteBuffer answers, ByteBuffer requests, int length) {
      for (int at = 0; at < answers.limit(); at += length) {
        if (answers.getLong(at) != VERSION || answers.getInt(at + 8) != STATUS) {
          return false;
        }
      }
      return true;
    }
  },

  /** The same request and the same body; the workbook's server has it in a file. */
  FILE {
    @Override
    byte[] request() {
      return HTTP.request();
    }

    @Override
    int answerLength(int port) throws IOException {
      return HTTP.answerLength(port);
    }

    @Override
    boolean areAnswers(ByteBuffer answers, ByteBuffer requests, int length) {
      return HTTP.areAnswers(answers, requests, length);
    }
  };

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What people call it. */
  final String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One request's bytes. */
  abstract byte[] request();

  /** How many bytes the server at {@code port} answers a request with. */
  abstract int answerLength(int port) throws IOException;

  /**
   * Whether the answers are what the requests ask for, one after the other: of an echo every byte
   * is looked at, of HTTP where each answer begins and its status.
   *
   * @param answers from 0 to their limit, {@code length} bytes each
   * @param requests from 0 to their limit
   */
  abstract boolean areAnswers(ByteBuffer answers, ByteBuffer requests, int length);
}
