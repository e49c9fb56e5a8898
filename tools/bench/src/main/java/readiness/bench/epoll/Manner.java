package readiness.bench.epoll;

/** How a client of the soak behaves. */
enum Manner {
  CHATS("send and read in turn", 5),
  HALF_CLOSES("send everything, close their side, read on", 4),
  READS_SLOWLY("read slowly", 2),
  NEVER_READS("never read, then reset", 1),
  RESETS("reset in the middle", 3),
  LEAVES("leave at once", 1),
  KEEPS_QUIET("keep quiet for a while", 4);

  private final String words;
  private final int share;

  Manner(String words, int share) {
    this.words = words;
    this.share = share;
  }

  /** What they do, as a table says it. */
  String words() {
    return words;
  }

  /** The manner of the client with that number: each comes up as often as its share says. */
  static Manner of(long client) {
    int all = 0;
    for (Manner each : values()) {
      all += each.share;
    }
    // Steps that have no factor in common with the whole visit everyone.
    int at = (int) Math.floorMod(client * 7, all);
    for (Manner each : values()) {
      at -= each.share;
      if (at < 0) {
        return each;
      }
    }
    throw new IllegalStateException("the shares do not add up");
  }
}
