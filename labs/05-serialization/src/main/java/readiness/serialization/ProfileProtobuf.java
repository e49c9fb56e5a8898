package readiness.serialization;

import java.util.Map;
import readiness.kernel.NotYet;

/** A {@link Profile} in Protobuf; its schema stands there. Unknown fields are written last. */
public final class ProfileProtobuf implements Codec<Profile> {
  private static final int PERSON = 1;
  private static final int NICKNAME = 2;
  private static final int VISIBILITY = 3;
  private static final int SCORES = 4;
  private static final int COUNTERS = 5;
  private static final int PHONE = 6;
  private static final int STATION = 7;

  /** A map is sent as a repeated message with these two fields. */
  private static final int KEY = 1;

  private static final int VALUE = 2;

  @Override
  public void write(Profile profile, ByteWriter bytes) {
    throw new NotYet("protobuf-write");
  }

  @Override
  public Profile read(ByteReader bytes) {
    throw new NotYet("protobuf-read");
  }

  /** Reads an entry of the map, of which either field may be absent: then it has its default. */
  private static void readCounter(ProtobufReader in, Map<String, Long> counters) {
    throw new NotYet("protobuf-read");
  }
}
