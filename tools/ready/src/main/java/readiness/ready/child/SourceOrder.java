package readiness.ready.child;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * Runs a class's tests in the order in which they are written, which is the order in which a reader
 * meets what they ask for. Reflection does not know it; the parent does, from the source.
 */
public final class SourceOrder implements MethodOrderer {
  private static volatile List<String> order = List.of();

  static void set(List<String> tests) {
    order = tests;
  }

  @Override
  public void orderMethods(MethodOrdererContext context) {
    String prefix = context.getTestClass().getName() + "#";
    List<String> tests = order;
    context
        .getMethodDescriptors()
        .sort(Comparator.comparingInt(each -> place(prefix, each, tests)));
  }

  private static int place(String prefix, MethodDescriptor method, List<String> tests) {
    int place = tests.indexOf(prefix + method.getMethod().getName());
    return place < 0 ? Integer.MAX_VALUE : place;
  }
}
