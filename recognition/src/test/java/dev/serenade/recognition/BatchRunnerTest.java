package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.WaveformBatch;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.GraphException;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {

  /** Enough for the trial to end: 32 to begin with, then rounds of two ways with two threads. */
  private static final int MANY = 120;

  private static BatchRunner runner(int threads) throws IOException {
    try (EmotionModel model = TinyModels.random(QkvPooling.of(3, 4), Window.adaptive(), 7)) {
      return new BatchRunner(
          RecognitionGraph.build(model, EncoderVariant.EXACT), new SessionSettings(threads));
    }
  }

  private static List<WaveformBatch> batches(int count) {
    Random random = new Random(7);
    List<WaveformBatch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] samples = new float[4000 + 320 * (i % 5)];
      for (int t = 0; t < samples.length; t++) {
        samples[t] = (float) (0.1 * random.nextGaussian());
      }
      batches.addAll(WaveformBatch.of(List.of(Waveform.of(samples)), Window.adaptive(), 200, 1));
    }
    return batches;
  }

  private static void assertEach(List<GraphOutputs> found, List<GraphOutputs> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      FloatTensor scores = found.get(i).get(RecognitionGraph.PROBABILITIES);
      FloatTensor others = expected.get(i).get(RecognitionGraph.PROBABILITIES);
      for (int label = 0; label < scores.size(); label++) {
        assertThat(scores.get(label))
            .as("batch %d, label %d", i, label)
            .isCloseTo(others.get(label), within(1e-5f));
      }
    }
  }

  @Test
  void eitherWayGivesTheSameInTheSameOrder() throws IOException {
    List<WaveformBatch> batches = batches(MANY);
    try (BatchRunner one = runner(1);
        BatchRunner two = runner(2)) {
      List<GraphOutputs> expected = one.run(batches);
      assertEach(two.run(batches), expected);
      assertThat(two.isDecided()).isTrue();
      assertEach(two.run(batches), expected);
    }
  }

  @Test
  void fewBatchesAskNothing() throws IOException {
    try (BatchRunner runner = runner(2)) {
      assertThat(runner.run(batches(20))).hasSize(20);
      assertThat(runner.isDecided()).isFalse();
      assertThat(runner.run(List.of())).isEmpty();
    }
  }

  @Test
  void manyCallersGetTheirOwn() throws Exception {
    List<WaveformBatch> batches = batches(MANY);
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (BatchRunner one = runner(1);
        BatchRunner two = runner(2)) {
      List<GraphOutputs> expected = one.run(batches);
      Callable<List<GraphOutputs>> call = () -> two.run(batches);
      for (Future<List<GraphOutputs>> called : callers.invokeAll(List.of(call, call, call, call))) {
        assertEach(called.get(), expected);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void failureOfABatchIsTheCallers() throws IOException {
    List<WaveformBatch> batches = new ArrayList<>(batches(MANY));
    batches.set(
        MANY - 1, new WaveformBatch(List.of(0), FloatTensor.of(new float[0], 0, 0), List.of(1)));
    try (BatchRunner runner = runner(2)) {
      assertThatThrownBy(() -> runner.run(batches)).isInstanceOf(GraphException.class);
      assertThat(runner.run(batches.subList(0, 3))).hasSize(3);
    }
  }
}
