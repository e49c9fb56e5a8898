package readiness.serialization;

import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolDecorator;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;

/** libthrift on bytes in memory, with its own settings: what a reader's bytes are held against. */
final class ThriftLibrary {
  private final TProtocolFactory factory;

  /** libthrift for one of the protocols. */
  ThriftLibrary(ThriftProtocol protocol) {
    factory =
        switch (protocol) {
          case BINARY -> new TBinaryProtocol.Factory();
          case COMPACT -> new TCompactProtocol.Factory();
        };
  }

  /** What is to be written. */
  @FunctionalInterface
  interface Writing {
    void with(TProtocol out) throws TException;
  }

  /** What is to be read. */
  @FunctionalInterface
  interface Reading<T> {
    T with(TProtocol in) throws TException;
  }

  /**
   * What came of reading.
   *
   * @param value that it read
   * @param length how many bytes it took for that
   * @param replaced whether U+FFFD stood in a text of it, perhaps in place of what was no UTF-8
   */
  record Result<T>(T value, int length, boolean replaced) {}

  /** Looks at the texts that are read. */
  private static final class Texts extends TProtocolDecorator {
    private boolean replaced;

    Texts(TProtocol protocol) {
      super(protocol);
    }

    @Override
    public TMessage readMessageBegin() throws TException {
      TMessage message = super.readMessageBegin();
      replaced |= message.name.contains("\uFFFD");
      return message;
    }

    @Override
    public String readString() throws TException {
      String text = super.readString();
      replaced |= text.contains("\uFFFD");
      return text;
    }
  }

  /** The bytes that it writes. */
  byte[] write(Writing writing) {
    try {
      TMemoryBuffer memory = new TMemoryBuffer(256);
      writing.with(factory.getProtocol(memory));
      return Arrays.copyOf(memory.getArray(), memory.length());
    } catch (TException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * What it reads.
   *
   * @throws TException if it refuses the bytes
   */
  <T> Result<T> read(byte[] bytes, Reading<T> reading) throws TException {
    TMemoryInputTransport memory = new TMemoryInputTransport(bytes);
    Texts texts = new Texts(factory.getProtocol(memory));
    T value = reading.with(texts);
    return new Result<>(value, memory.getBufferPosition(), texts.replaced);
  }
}
