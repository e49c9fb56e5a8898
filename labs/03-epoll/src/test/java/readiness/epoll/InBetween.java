package readiness.epoll;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Sockets;

/** Stands between a loop and the system calls on its sockets. */
@FunctionalInterface
interface InBetween {
  /** A call that has not been made yet. */
  @FunctionalInterface
  interface Call {
    /** Makes it, and says what it has answered. */
    @Nullable Object make() throws Throwable;
  }

  /**
   * What a call is to answer.
   *
   * @param name which one it is
   * @param arguments what it was given, which may be changed as long as it is not made
   * @param call the call itself; who does not make it answers in its place
   */
  @Nullable Object answer(String name, Object[] arguments, Call call) throws Throwable;

  /** The same system calls, each of them by way of {@code inBetween}. */
  static Sockets of(Sockets sockets, InBetween inBetween) {
    return (Sockets)
        Proxy.newProxyInstance(
            Sockets.class.getClassLoader(),
            new Class<?>[] {Sockets.class},
            (_, method, arguments) ->
                inBetween.answer(
                    method.getName(),
                    arguments,
                    () -> {
                      try {
                        return method.invoke(sockets, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }
}
