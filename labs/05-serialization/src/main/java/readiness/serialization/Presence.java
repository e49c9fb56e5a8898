package readiness.serialization;

/** How often a field may stand in a message. */
enum Presence {
  /** Once, or not at all; whoever reads can tell which. */
  OPTIONAL,

  /**
   * Once. Protobuf had it until its third version and Thrift has it ({@code required}); of JSON it
   * is said in the reader, as by Jackson's {@code @JsonProperty(required = true)}. What reads a
   * message without it refuses the message.
   */
  REQUIRED,

  /**
   * Any number of times: a list, and an empty one is as good as none. Protobuf packs numbers: all
   * of a field behind one tag and a length. Strings stand one by one, each with a tag.
   */
  REPEATED
}
