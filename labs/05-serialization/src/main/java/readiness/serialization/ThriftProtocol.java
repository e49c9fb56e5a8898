package readiness.serialization;

/** Thrift's two protocols in bytes, to be chosen from. */
public enum ThriftProtocol {
  BINARY {
    @Override
    public ThriftWriter writer(ByteWriter out) {
      return new BinaryWriter(out);
    }

    @Override
    public ThriftReader reader(ByteReader in) {
      return new BinaryReader(in);
    }
  },

  COMPACT {
    @Override
    public ThriftWriter writer(ByteWriter out) {
      return new CompactWriter(out);
    }

    @Override
    public ThriftReader reader(ByteReader in) {
      return new CompactReader(in);
    }
  };

  /** A writer that appends to {@code out}. */
  public abstract ThriftWriter writer(ByteWriter out);

  /** A reader of what is left in {@code in}. */
  public abstract ThriftReader reader(ByteReader in);
}
