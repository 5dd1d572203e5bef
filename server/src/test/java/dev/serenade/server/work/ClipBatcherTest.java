package dev.serenade.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.server.TestSounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClipBatcherTest {

  private static EmotionRecognizer recognizer;
  private static Waveform angry;
  private static Waveform sad;

  @BeforeAll
  static void load() throws IOException {
    recognizer = EmotionRecognizer.loadDefault();
    angry = AudioDecoder.create().decode(TestSounds.sample("angry-12a05Wb.flac"));
    sad = AudioDecoder.create().decode(TestSounds.sample("sad-09b03Ta.flac"));
  }

  @AfterAll
  static void close() {
    recognizer.close();
  }

  /** Holds the first batch until the others wait. */
  private static final class Gate implements WorkListener {
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();

    @Override
    public void batch(int clips) {
      sizes.add(clips);
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void heard(double seconds) {}

    @Override
    public void jobEnded(String outcome) {}
  }

  @Test
  void clipsThatWaitAreComputedTogetherAndKeepTheirScores() throws Exception {
    Gate gate = new Gate();
    try (ClipBatcher batcher = ClipBatcher.start(recognizer, gate)) {
      List<CompletableFuture<Recognition>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(batcher.recognize(i % 2 == 0 ? angry : sad));
        Thread.sleep(i == 0 ? 100 : 0);
      }
      gate.open.countDown();
      for (int i = 0; i < 8; i++) {
        Recognition alone = recognizer.recognize(i % 2 == 0 ? angry : sad);
        assertThat(results.get(i).get().confidence())
            .isCloseTo(alone.confidence(), Offset.offset(1e-5));
      }
    }
    assertThat(gate.sizes).containsExactly(1, 7);
  }

  @Test
  void aClipThatFailsDoesNotTakeOthersWithIt() throws Exception {
    Gate gate = new Gate();
    try (ClipBatcher batcher = ClipBatcher.start(recognizer, gate)) {
      CompletableFuture<Recognition> first = batcher.recognize(angry);
      Thread.sleep(100);
      CompletableFuture<Recognition> good = batcher.recognize(sad);
      CompletableFuture<Recognition> bad = batcher.recognize(Waveform.of());
      gate.open.countDown();

      assertThat(first.get().emotion()).isEqualTo("angry");
      assertThat(good.get().emotion()).isEqualTo("sad");
      assertThatThrownBy(bad::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatNobodyWantsAnyMoreIsNotComputed() throws Exception {
    Gate gate = new Gate();
    CompletableFuture<Recognition> first;
    CompletableFuture<Recognition> last;
    try (ClipBatcher batcher = ClipBatcher.start(recognizer, gate)) {
      first = batcher.recognize(angry);
      Thread.sleep(100);
      batcher.recognize(sad).cancel(false);
      last = batcher.recognize(angry);
      gate.open.countDown();
    }
    assertThat(first).isCompleted();
    assertThat(last).isCompleted();
    assertThat(gate.sizes).containsExactly(1, 1);
  }

  @Test
  void whatWaitsIsComputedBeforeTheEnd() {
    CompletableFuture<Recognition> first;
    CompletableFuture<Recognition> last;
    try (ClipBatcher batcher = ClipBatcher.start(recognizer, WorkListener.NONE)) {
      first = batcher.recognize(angry);
      last = batcher.recognize(sad);
    }
    assertThat(first).isCompleted();
    assertThat(last).isCompleted();
  }
}
