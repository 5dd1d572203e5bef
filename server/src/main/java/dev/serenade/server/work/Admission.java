package dev.serenade.server.work;

import dev.serenade.server.http.ProblemException;
import java.time.Duration;

/**
 * Lets so many requests in as there is room for, and none once the server is told to stop. Whoever
 * is in has a ticket, and gives it back by closing it.
 */
public final class Admission {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final int room;
  private int inside;
  private boolean stopping;

  /** Makes room for so many at once. */
  public Admission(int room) {
    this.room = room;
  }

  /** A place inside. */
  public interface Ticket extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Lets a request in.
   *
   * @throws ProblemException {@code busy} if there is no room, {@code shutting-down} if there will
   *     be none
   */
  public synchronized Ticket enter() {
    if (stopping) {
      throw ProblemException.shuttingDown();
    }
    if (inside >= room) {
      throw ProblemException.busy(
          "%d requests are in hand; try again later".formatted(room), RETRY_AFTER_SECONDS);
    }
    inside++;
    return new Place();
  }

  /** Returns how many are inside. */
  public synchronized int inside() {
    return inside;
  }

  /** Returns whether the next request would be let in. */
  public synchronized boolean isOpen() {
    return !stopping;
  }

  /** Lets nobody in any more. */
  public synchronized void stop() {
    stopping = true;
    notifyAll();
  }

  /** Waits until all have left, or for so long; returns whether they have. */
  public synchronized boolean awaitEmpty(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (inside > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized void leave() {
    inside--;
    notifyAll();
  }

  private final class Place implements Ticket {

    private boolean left;

    @Override
    public synchronized void close() {
      if (!left) {
        left = true;
        leave();
      }
    }
  }
}
