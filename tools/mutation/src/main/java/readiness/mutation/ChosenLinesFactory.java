package readiness.mutation;

import org.pitest.mutationtest.build.InterceptorParameters;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.build.MutationInterceptorFactory;
import org.pitest.plugin.Feature;

/** How PIT finds {@link ChosenLines}: named in {@code META-INF/services}. */
public final class ChosenLinesFactory implements MutationInterceptorFactory {
  @Override
  public MutationInterceptor createInterceptor(InterceptorParameters parameters) {
    return new ChosenLines(Territory.parse(System.getProperty("readiness.mutable", "")));
  }

  @Override
  public Feature provides() {
    return Feature.named("CHOSEN_LINES").withOnByDefault(true).withDescription(description());
  }

  @Override
  public String description() {
    return "Mutants in the lines of -Dreadiness.mutable alone";
  }
}
