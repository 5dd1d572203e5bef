package dev.serenade.whisper.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our decoder against that of transformers, step by step. */
class WhisperDecoderTest {

  /** Norm of the difference over norm of the values. */
  private static final double TOLERANCE = 3e-6;

  private static final int PROMPT = 4;

  private static WhisperDecoder decoder;

  @BeforeAll
  static void load() throws IOException {
    decoder = WhisperDecoder.load(TinyRandomWhisper.folder(), new SessionSettings(1));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void stepsWithCacheEqualTransformersWithout() throws IOException {
    List<Integer> tokens = TinyRandomWhisper.expectedTokens("tokens");
    FloatTensor logits = TinyRandomWhisper.expected("logits");
    FloatTensor states = TinyRandomWhisper.expected("hidden_states");
    HeardSound sound = decoder.hear(TinyRandomWhisper.sound());
    DecoderStep step = decoder.step(sound, decoder.noTokens(), tokens.subList(0, PROMPT));
    for (int row = 0; row < logits.shape()[0]; row++) {
      assertClose(last(step.logits()), row(logits, row), "logits %d".formatted(row));
      assertClose(last(step.hiddenStates()), row(states, row), "states %d".formatted(row));
      step = decoder.step(sound, step.tokens(), List.of(tokens.get(PROMPT + row)));
    }
  }

  @Test
  void allTokensAtOnceGiveWhatTheyGiveOneByOne() throws IOException {
    List<Integer> tokens = TinyRandomWhisper.expectedTokens("tokens");
    HeardSound sound = decoder.hear(TinyRandomWhisper.sound());
    DecoderStep together = decoder.step(sound, decoder.noTokens(), tokens);
    SpokenTokens before = decoder.noTokens();
    for (int i = 0; i < tokens.size(); i++) {
      DecoderStep step = decoder.step(sound, before, List.of(tokens.get(i)));
      assertClose(last(step.logits()), row(together.logits(), i), "token %d".formatted(i));
      before = step.tokens();
    }
    assertThat(before.count()).isEqualTo(tokens.size());
  }

  @Test
  void laterTokensDoNotChangeEarlierStates() throws IOException {
    HeardSound sound = decoder.hear(TinyRandomWhisper.sound());
    FloatTensor one = decoder.step(sound, decoder.noTokens(), List.of(7, 8, 9)).hiddenStates();
    FloatTensor other = decoder.step(sound, decoder.noTokens(), List.of(7, 8, 300)).hiddenStates();
    assertClose(row(one, 1), row(other, 1), "second of three");
    assertThat(distance(row(one, 2), row(other, 2))).isGreaterThan(1e-2);
  }

  @Test
  void anotherSoundGivesOtherLogits() throws IOException {
    List<Integer> prompt = TinyRandomWhisper.expectedTokens("tokens").subList(0, PROMPT);
    float[] halfSilent = TinyRandomWhisper.sound().toArray();
    Arrays.fill(halfSilent, 0, halfSilent.length / 2, 0);
    DecoderStep one =
        decoder.step(decoder.hear(TinyRandomWhisper.sound()), decoder.noTokens(), prompt);
    DecoderStep other =
        decoder.step(decoder.hear(Waveform.of(halfSilent)), decoder.noTokens(), prompt);
    assertThat(distance(last(one.logits()), last(other.logits()))).isGreaterThan(1e-3);
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    HeardSound sound = decoder.hear(TinyRandomWhisper.sound());
    SpokenTokens none = decoder.noTokens();
    assertThatThrownBy(() -> decoder.step(sound, none, List.of()))
        .hasMessage("expected at least one new token and at most 448 in all, found 0 and 0");
    int unknown = decoder.config().vocabulary();
    assertThatThrownBy(() -> decoder.step(sound, none, List.of(unknown)))
        .hasMessage("expected tokens from 0 to %d, found %d", unknown - 1, unknown);
    List<Integer> tooMany = Collections.nCopies(449, 1);
    assertThatThrownBy(() -> decoder.step(sound, none, tooMany)).hasMessageContaining("found 449");
    assertThatThrownBy(() -> decoder.hear(Waveform.of(new float[480_001])))
        .hasMessage("expected more than 0 s and at most 30.0 s, found 30.0000625 s");
    assertThatThrownBy(() -> decoder.hear(Waveform.of()))
        .hasMessage("expected more than 0 s and at most 30.0 s, found 0.0 s");
  }

  private static float[] last(FloatTensor rows) {
    return row(rows, (int) rows.shape()[0] - 1);
  }

  private static float[] row(FloatTensor rows, int row) {
    int width = (int) rows.shape()[1];
    return Arrays.copyOfRange(rows.toArray(), row * width, (row + 1) * width);
  }

  private static void assertClose(float[] found, float[] expected, String what) {
    assertThat(distance(found, expected)).as(what).isLessThan(TOLERANCE);
  }

  private static double distance(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
