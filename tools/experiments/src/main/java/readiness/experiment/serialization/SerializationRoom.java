package readiness.experiment.serialization;

import java.util.List;
import readiness.experiment.Room;
import readiness.serialization.Codec;

/** Chapter 5's experiments. */
public final class SerializationRoom {
  private SerializationRoom() {}

  public static Room room() {
    return new Room(
        "serialization",
        () -> List.of(new SegmentKinds(), new SizeOfFormats(), new ParseRate(), new StringFirst()),
        () -> List.of(Codec.class));
  }
}
