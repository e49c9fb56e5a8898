package readiness.experiment.settingout;

import java.util.List;
import readiness.experiment.Room;

/** Chapter 0's experiments. */
public final class SettingOutRoom {
  private SettingOutRoom() {}

  public static Room room() {
    return new Room("settingout", () -> List.of(new DowncallCost(), new GcCycle()), List::of);
  }
}
