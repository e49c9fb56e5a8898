package readiness.mutation;

import java.util.Collection;
import org.pitest.bytecode.analysis.ClassTree;
import org.pitest.mutationtest.build.InterceptorType;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;

/**
 * Leaves those mutants alone that lie in the lines of a step: PIT chooses by class and method, but
 * several steps write in one class.
 */
final class ChosenLines implements MutationInterceptor {
  private final Territory territory;

  ChosenLines(Territory territory) {
    this.territory = territory;
  }

  @Override
  public InterceptorType type() {
    return InterceptorType.FILTER;
  }

  @Override
  public void begin(ClassTree type) {}

  @Override
  public Collection<MutationDetails> intercept(
      Collection<MutationDetails> mutations, Mutater mutater) {
    return mutations.stream().filter(this::isChosen).toList();
  }

  private boolean isChosen(MutationDetails mutation) {
    String folder = mutation.getClassName().getPackage().asInternalName();
    return territory.has(folder + "/" + mutation.getFilename(), mutation.getLineNumber());
  }

  @Override
  public void end() {}
}
