package readiness.experiment.settingout;

import java.util.ArrayList;
import java.util.List;

/**
 * A heap whose objects are freed when the last reference to them goes: counting, in twenty lines.
 */
final class Counting {
  private int alive;

  /** An object: how many references lead to it, and which lead on from it. */
  final class Counted {
    private int references;
    private final List<Counted> fields = new ArrayList<>();

    Counted() {
      alive++;
    }

    /** A reference to {@code other} is stored in this object. */
    void refer(Counted other) {
      fields.add(other.held());
    }

    /** One more reference leads here. */
    Counted held() {
      references++;
      return this;
    }

    /** One reference fewer; with the last one the object goes, and lets go of what it holds. */
    void dropped() {
      if (--references == 0) {
        alive--;
        fields.forEach(Counted::dropped);
      }
    }
  }

  int alive() {
    return alive;
  }
}
