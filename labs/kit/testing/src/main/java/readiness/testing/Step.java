package readiness.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says that a test class proves one step of the course.
 *
 * <p>JUnit selects by {@code @Tag}, and a tag cannot be computed from another annotation's value,
 * so a test class carries both: {@code @Step("echo") @Tag("echo")}. {@code ready author
 * consistency} holds them against each other and against course.yaml.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({DescriptorLeaks.class, Gaps.class})
public @interface Step {
  /** The step's id in course.yaml. */
  String value();
}
