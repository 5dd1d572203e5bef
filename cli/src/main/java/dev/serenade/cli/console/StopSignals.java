package dev.serenade.cli.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Lets a command finish what it is writing when it is told to stop, by Ctrl-C or by a system that
 * ends its processes.
 *
 * <p>A shutdown hook will not do: ONNX Runtime has one of its own, which pulls the ground from
 * under a recognition that is still running, and the process crashes.
 *
 * <p>Java has signals in {@code sun.misc.Signal} alone, which the compiler does not let us name;
 * hence the reflection.
 */
public final class StopSignals implements AutoCloseable {

  /** What shells add to the number of a signal. */
  private static final int SIGNAL_EXIT_CODE = 128;

  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  private final Object interrupted;
  private final Object terminated;

  private StopSignals(Object interrupted, Object terminated) {
    this.interrupted = interrupted;
    this.terminated = terminated;
  }

  /**
   * From now on, a signal to stop runs this, in a thread of its own, and then ends the process with
   * 128 + the number of the signal.
   */
  public static StopSignals handleWith(Runnable whenStopped) {
    return new StopSignals(
        handle("INT", handler(whenStopped, INTERRUPT)),
        handle("TERM", handler(whenStopped, TERMINATE)));
  }

  private static Object handler(Runnable whenStopped, int number) {
    InvocationHandler stop =
        (proxy, method, arguments) -> {
          whenStopped.run();
          Runtime.getRuntime().halt(SIGNAL_EXIT_CODE + number);
          return null;
        };
    try {
      return Proxy.newProxyInstance(
          StopSignals.class.getClassLoader(), new Class<?>[] {handlerType()}, stop);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this Java has no signals", e);
    }
  }

  /** Returns the handler that this one takes the place of. */
  private static Object handle(String name, Object handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Object named = signal.getConstructor(String.class).newInstance(name);
      return signal.getMethod("handle", signal, handlerType()).invoke(null, named, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled", e);
    }
  }

  private static Class<?> handlerType() throws ClassNotFoundException {
    return Class.forName("sun.misc.SignalHandler");
  }

  /** From now on, signals do what they did before. */
  @Override
  public void close() {
    handle("INT", interrupted);
    handle("TERM", terminated);
  }
}
