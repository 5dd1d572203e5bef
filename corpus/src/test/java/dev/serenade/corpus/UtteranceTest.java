package dev.serenade.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UtteranceTest {

  private static UtteranceBuilder call() {
    return Utterance.builder("calls/1.wav", Path.of("calls/1.wav"), "s1", Emotion.SAD);
  }

  @Test
  void wholeRecordingIsNamedByItsPath() {
    assertThat(call().build().name()).isEqualTo("calls/1.wav");
  }

  @Test
  void partsOfARecordingAreToldApart() {
    assertThat(call().startSeconds(1.5).endSeconds(3.2).build().name())
        .isEqualTo("calls/1.wav#t=1.5,3.2");
    assertThat(call().startSeconds(90).build().name()).isEqualTo("calls/1.wav#t=90");
    assertThat(call().endSeconds(0.00025).build().name()).isEqualTo("calls/1.wav#t=0,0.00025");
    assertThat(call().channel(2).build().name()).isEqualTo("calls/1.wav#channel=2");
    assertThat(call().startSeconds(0).endSeconds(10).channel(1).build().name())
        .isEqualTo("calls/1.wav#t=0,10&channel=1");
  }
}
