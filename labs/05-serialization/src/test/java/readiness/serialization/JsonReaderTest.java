package readiness.serialization;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Step;

@Step("json-read")
@Tag("json-read")
final class JsonReaderTest {
  @Test
  void nothing() {
    new JsonReader(new ByteReader()).next();
  }
}
