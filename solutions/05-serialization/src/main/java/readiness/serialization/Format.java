package readiness.serialization;

/** How a message is written, as far as its versions are concerned. */
enum Format {
  /**
   * Fields are found by their numbers. A tag says the number and the wire type ({@link WireType});
   * a field of another wire type is as unknown as one of another number, and unknown fields are
   * passed by. Repeated numbers are packed where they are written; where they are read they may
   * also come one by one.
   */
  PROTOBUF,

  /**
   * Fields are found by their numbers, in the binary protocol and in the compact one. A header says
   * the number and the type ({@link ThriftType}); a field of another type is passed by. What the
   * Thrift compiler generates looks at the type of a field only, and not at the one that a list
   * says of its elements: it reads as many as there are, in its own type.
   */
  THRIFT,

  /**
   * Fields are found by their names. Unknown names are passed by. Values are read strictly: a
   * number is no text and no {@code true}, one with a point no integer, an array no single value.
   */
  JSON
}
