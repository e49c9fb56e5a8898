package readiness.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import readiness.kernel.NotYet;

@ExtendWith(GapsTest.Context.class)
class GapsTest {
  private final Gaps gaps = new Gaps();
  private final AssertionError failure = new AssertionError("observed 500");

  /** Hands a test its own context, as extensions get it. */
  static final class Context implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ExtensionContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context;
    }
  }

  @BeforeEach
  void begin(ExtensionContext context) {
    gaps.beforeEach(context);
  }

  @Test
  void aFailureBehindAGapIsTheGap(ExtensionContext context) {
    try {
      throw new NotYet("static-files");
    } catch (RuntimeException e) {
      // As a server does that answers 500.
    }

    assertThat(failureOf(context))
        .isInstanceOf(NotYet.class)
        .hasMessageContaining("static-files")
        .hasSuppressedException(failure);
  }

  @Test
  void aFailureWithoutAGapIsItself(ExtensionContext context) {
    assertThat(failureOf(context)).isSameAs(failure);
  }

  @Test
  void theGapOfAnEarlierTestDoesNotCount(ExtensionContext context) {
    assertThat(new NotYet("echo")).isSameAs(NotYet.latest());

    gaps.beforeEach(context);

    assertThat(failureOf(context)).isSameAs(failure);
  }

  private Throwable failureOf(ExtensionContext context) {
    return catchThrowable(() -> gaps.handleTestExecutionException(context, failure));
  }
}
