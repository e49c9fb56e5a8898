package readiness.serialization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import readiness.serialization.Profile.Contact;
import readiness.serialization.Profile.Phone;
import readiness.serialization.Profile.Station;

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
    // tag::protobuf-write[]
    ProtobufWriter out = new ProtobufWriter(bytes);
    if (profile.person() != null) {
      int begin = out.begin(PERSON);
      PersonProtobuf.write(profile.person(), out);
      out.end(begin);
    }
    if (profile.nickname() != null) {
      out.writeString(NICKNAME, profile.nickname());
    }
    if (profile.visibility().number() != 0) {
      out.writeEnum(VISIBILITY, profile.visibility().number());
    }
    if (!profile.scores().isEmpty()) {
      int begin = out.begin(SCORES);
      for (int score : profile.scores()) {
        Varint.writeUnsigned32(bytes, Varint.encodeZigZag32(score));
      }
      out.end(begin);
    }
    for (Map.Entry<String, Long> counter : profile.counters().entrySet()) {
      int begin = out.begin(COUNTERS);
      out.writeString(KEY, counter.getKey());
      out.writeInt64(VALUE, counter.getValue());
      out.end(begin);
    }
    switch (profile.contact()) {
      case Phone phone -> out.writeString(PHONE, phone.number());
      case Station station -> out.writeFixed64(STATION, station.frequency());
      case null -> {}
    }
    out.writeUnknown(profile.unknown());
    // end::protobuf-write[]
  }

  @Override
  public Profile read(ByteReader bytes) {
    // tag::protobuf-read[]
    ProtobufReader in = new ProtobufReader(bytes);
    PersonProtobuf.@Nullable Builder person = null;
    String nickname = null;
    Visibility visibility = Visibility.EVERYBODY;
    List<Integer> scores = new ArrayList<>();
    Map<String, Long> counters = new LinkedHashMap<>();
    Contact contact = null;
    ByteWriter unknown = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case PERSON << 3 | WireType.LEN -> {
          if (person == null) {
            person = new PersonProtobuf.Builder();
          }
          int outer = in.enterMessage();
          person.merge(in);
          in.leaveMessage(outer);
        }
        case NICKNAME << 3 | WireType.LEN -> nickname = in.readString();
        case VISIBILITY << 3 | WireType.VARINT -> visibility = Visibility.of(in.readEnum());
        case SCORES << 3 | WireType.LEN -> {
          int outer = in.enterPacked();
          while (in.hasMore()) {
            scores.add(in.readSInt32());
          }
          in.leavePacked(outer);
        }
        case SCORES << 3 | WireType.VARINT -> scores.add(in.readSInt32());
        case COUNTERS << 3 | WireType.LEN -> {
          int outer = in.enterMessage();
          readCounter(in, counters);
          in.leaveMessage(outer);
        }
        case PHONE << 3 | WireType.LEN -> contact = new Phone(in.readString());
        case STATION << 3 | WireType.I64 -> contact = new Station(in.readFixed64());
        default -> {
          if (unknown == null) {
            unknown = new ByteWriter();
          }
          in.keep(tag, unknown);
        }
      }
    }
    return new Profile(
        person == null ? null : person.build(),
        nickname,
        visibility,
        scores,
        counters,
        contact,
        unknown == null ? UnknownFields.NONE : UnknownFields.of(unknown));
    // end::protobuf-read[]
  }

  /** Reads an entry of the map, of which either field may be absent: then it has its default. */
  private static void readCounter(ProtobufReader in, Map<String, Long> counters) {
    // tag::protobuf-read[]
    String key = "";
    long value = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case KEY << 3 | WireType.LEN -> key = in.readString();
        case VALUE << 3 | WireType.VARINT -> value = in.readInt64();
        default -> in.skip(tag);
      }
    }
    counters.put(key, value);
    // end::protobuf-read[]
  }
}
