package readiness.experiment.settingout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Result;
import readiness.experiment.SmallRun;
import readiness.experiment.Table;
import readiness.experiment.Table.Row;
import readiness.testing.DescriptorLeaks;

/**
 * Chapter 0's experiments: counts, and orders of magnitude that no busy machine can turn round.
 * Nothing that they opened is left.
 */
@ExtendWith(DescriptorLeaks.class)
class SettingOutRoomTest {
  @BeforeAll
  static void warmUp() throws Exception {
    SmallRun.warmUp();
  }

  @Test
  void theKernelIsWhatASystemCallCosts() throws Exception {
    Table table = SmallRun.of("downcall-cost").table();

    double crossing = table.row("into C and back, no kernel (labs)").at("nanos");
    double call = table.row("the call (getppid)").at("nanos");
    assertThat(crossing).isBetween(0.1, call / 2);
    assertThat(call).isBetween(20.0, 100_000.0);
    assertThat(table.rows()).hasSize(5);
  }

  @Test
  void everyCollectorOfHotSpotCollectsCyclesAndACounterKeepsThem() throws Exception {
    Result result = SmallRun.of("gc-cycle");

    assertThat(result.table().rows()).hasSizeGreaterThanOrEqualTo(2);
    for (Row row : result.table().rows()) {
      double left = row.label().startsWith("counting") ? 100 : 0;
      assertThat(row.at("left")).as(row.label()).isEqualTo(left);
    }
    assertThat(result.conclusion().verdict()).isEqualTo(Verdict.WRONG);
  }
}
