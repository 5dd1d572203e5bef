package dev.serenade.server.stream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.analysis.LiveJson;
import dev.serenade.audio.AudioFormatException;
import dev.serenade.audio.PcmDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.recognition.timeline.TimelineUpdate;
import dev.serenade.server.StreamLimits;
import dev.serenade.server.work.Admission;
import dev.serenade.server.work.WorkListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream. A message is scored, and its news sent, before the next is asked for: so a
 * client that sends faster than that has to wait, and so does one that does not read.
 */
final class SoundStream {

  private static final Logger LOG = LoggerFactory.getLogger(SoundStream.class);

  /** Who does not answer a close for so long is cut off. */
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

  /** Who has sent nothing for so long after the server was told to stop has nothing under way. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** Frames of RFC 6455 that close have room for so much, in bytes. */
  private static final int LONGEST_REASON = 120;

  private final Session session;
  private final PcmDecoder decoder;
  private final EmotionStream emotions;
  private final Semaphore turns;
  private final StreamLimits limits;
  private final Admission.Ticket ticket;
  private final WorkListener listener;
  private final long openedNanos = System.nanoTime();

  /** Held while a message is heard; all that follows is changed under it. */
  private final ReentrantLock lock = new ReentrantLock();

  private long heardNanos = openedNanos;
  private long closedNanos;
  private boolean over;

  SoundStream(
      Session session,
      PcmDecoder decoder,
      EmotionStream emotions,
      Semaphore turns,
      StreamLimits limits,
      Admission.Ticket ticket,
      WorkListener listener) {
    this.session = session;
    this.decoder = decoder;
    this.emotions = emotions;
    this.turns = turns;
    this.limits = limits;
    this.ticket = ticket;
    this.listener = listener;
  }

  /** Says what the client can expect. */
  void greet(List<String> labels, StreamOptions options) {
    JsonArray names = new JsonArray();
    labels.forEach(names::add);
    JsonObject ready = new JsonObject();
    ready.addProperty("type", "ready");
    ready.add("labels", names);
    ready.addProperty("rate", options.rateHz());
    ready.addProperty("channels", options.channels());
    ready.addProperty("windowSeconds", options.timeline().windowSeconds());
    ready.addProperty("hopSeconds", options.timeline().hopSeconds());
    during(() -> say(ready));
  }

  /** Scores the next samples, and sends what they make known. */
  void hear(ByteBuffer samples) {
    during(() -> tell(scored(decoder.push(samples))));
  }

  /** Reads what a client has to say beside its samples. */
  void read(String message) {
    during(
        () -> {
          if (isEnd(message)) {
            finish();
            close(StreamEnd.DONE, "done");
          } else {
            close(StreamEnd.BAD_DATA, "expected samples, or the text {\"type\":\"end\"}");
          }
        });
  }

  private static boolean isEnd(String message) {
    try {
      JsonObject json = JsonParser.parseString(message).getAsJsonObject();
      return json.has("type") && json.get("type").getAsString().equals("end");
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Tells the client that the server ends, hears what it has under way, and closes. */
  void shutDown(Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    JsonObject news = new JsonObject();
    news.addProperty("type", "shutting-down");
    during(() -> say(news));
    boolean waits = true;
    while (waits) {
      Thread.sleep(50);
      lock.lock();
      try {
        waits = !over && since(heardNanos) < QUIET.toNanos() && since(start) < longest.toNanos();
      } finally {
        lock.unlock();
      }
    }
    during(
        () -> {
          finish();
          close(StreamEnd.SHUTTING_DOWN, "the server is shutting down");
        });
  }

  /** Ends the stream if it has been idle or open for too long; does not wait. */
  void check() {
    if (lock.tryLock()) {
      try {
        if (over) {
          if (since(closedNanos) > LONGEST_GOODBYE.toNanos()) {
            session.disconnect();
          }
        } else if (since(heardNanos) > limits.idle().toNanos()) {
          close(
              StreamEnd.AGAINST_THE_RULES,
              "nothing came for %d s".formatted(limits.idle().toSeconds()));
        } else {
          checkAge();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void checkAge() {
    if (!over && since(openedNanos) > limits.longest().toNanos()) {
      close(
          StreamEnd.AGAINST_THE_RULES,
          "a stream may be open for %d s".formatted(limits.longest().toSeconds()));
    }
  }

  /** Gives back what the stream holds: the client has gone. */
  void release() {
    lock.lock();
    try {
      hearNoMore();
      ticket.close();
    } finally {
      lock.unlock();
    }
  }

  private void hearNoMore() {
    if (!over) {
      over = true;
      closedNanos = System.nanoTime();
      decoder.close();
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** Does something that only one thread may do at a time, unless the stream is over. */
  private void during(Step step) {
    lock.lock();
    try {
      checkAge();
      if (!over) {
        step.run();
        heardNanos = System.nanoTime();
      }
    } catch (AudioFormatException e) {
      close(StreamEnd.BAD_DATA, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      release();
      session.disconnect();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(StreamEnd.SHUTTING_DOWN, "the server is shutting down");
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      LOG.error("a live stream failed", e);
      close(StreamEnd.FAILED, "the server failed at these samples");
    } finally {
      lock.unlock();
    }
  }

  private void finish() throws IOException, InterruptedException {
    tell(scored(decoder.finish()));
    turns.acquire();
    TimelineUpdate last;
    try {
      last = emotions.finish();
    } finally {
      turns.release();
    }
    tell(last);
  }

  private TimelineUpdate scored(Waveform some) throws InterruptedException {
    turns.acquire();
    try {
      TimelineUpdate news = emotions.push(some);
      listener.heard(some.durationSeconds());
      return news;
    } finally {
      turns.release();
    }
  }

  private void tell(TimelineUpdate news) throws IOException, InterruptedException {
    for (JsonObject json : LiveJson.of(news)) {
      say(json);
    }
  }

  /** Waits until the message is sent, so that none pile up for a client that does not read. */
  private void say(JsonObject message) throws IOException, InterruptedException {
    Callback.Completable sent = new Callback.Completable();
    session.sendText(message.toString(), sent);
    try {
      sent.get(limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the client does not read", e);
    }
  }

  private void close(StreamEnd end, String reason) {
    hearNoMore();
    // A server that ends waits for this, so that the client is told why.
    session.close(
        end.code(),
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
        Callback.from(ticket::close, failure -> ticket.close()));
  }

  private static long since(long nanos) {
    return System.nanoTime() - nanos;
  }
}
