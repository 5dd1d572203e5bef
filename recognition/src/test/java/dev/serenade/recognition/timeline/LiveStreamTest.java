package dev.serenade.recognition.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.Waveform;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LiveStreamTest {

  private static final Timeline TIMELINE = new Timeline(0.4, 0.2);

  @Test
  void whoKeepsUpHearsWhatTheTimelineOfTheRecordingHas() throws InterruptedException {
    Waveform sound =
        EmotionStreamTest.join(
            EmotionStreamTest.sound(3, 0.5f),
            EmotionStreamTest.sound(2, 0),
            EmotionStreamTest.sound(3, -0.5f));
    EmotionStream stream = new EmotionStream(scorer(), new FakeSpeech(), TIMELINE, 999);
    TimelineUpdate.Builder whole = new TimelineUpdate.Builder();
    whole.addAll(stream.push(sound));
    whole.addAll(stream.finish());

    LiveStream live = LiveStream.of(scorer(), new FakeSpeech(), TIMELINE);
    TimelineUpdate.Builder heard = new TimelineUpdate.Builder();
    for (int from = 0; from < sound.length(); from += 500) {
      live.offer(sound.slice(from, Math.min(sound.length(), from + 500)));
      heard.addAll(live.next().orElseThrow());
    }
    live.end();
    heard.addAll(live.next().orElseThrow());

    assertThat(live.next()).isEmpty();
    assertThat(heard.build()).isEqualTo(whole.build());
  }

  @Test
  void underOverloadTheOldestWindowsAreDroppedAndTheRestIsOnTime() throws InterruptedException {
    LiveStream live = LiveStream.of(scorer(), new FakeSpeech(), TIMELINE);
    live.offer(EmotionStreamTest.sound(10, 0.5f));

    List<HeardWindow> windows = live.next().orElseThrow().windows();

    assertThat(windows).hasSize(49);
    assertThat(windows.subList(0, 45)).allMatch(HeardWindow::dropped);
    assertThat(windows.subList(45, 49))
        .allMatch(window -> window.scores().isPresent() && !window.dropped());
    assertThat(windows.get(48).endSeconds()).isEqualTo(10);
  }

  @Test
  void silentWindowsAreNotCalledDropped() throws InterruptedException {
    LiveStream live = LiveStream.of(scorer(), new FakeSpeech(), TIMELINE);
    live.offer(EmotionStreamTest.sound(10, 0));

    assertThat(live.next().orElseThrow().windows()).hasSize(49).noneMatch(HeardWindow::dropped);
  }

  @Test
  void theQueueNeverGrowsAndTimeGoesOnAfterALoss() throws InterruptedException {
    LiveStream live = LiveStream.of(scorer(), new FakeSpeech(), TIMELINE);
    for (int second = 0; second < 100; second++) {
      live.offer(EmotionStreamTest.sound(1, 0.5f));
      assertThat(live.queuedSeconds()).isLessThanOrEqualTo(LiveStream.CAPACITY_SECONDS);
    }
    List<HeardWindow> windows = live.next().orElseThrow().windows();
    assertThat(windows).hasSize(499);
    assertThat(windows.get(498)).isEqualTo(new HeardWindow(99.6, 100, Optional.empty(), true));

    live.offer(EmotionStreamTest.sound(1, 0.5f));
    List<HeardWindow> later = live.next().orElseThrow().windows();
    assertThat(later.get(0)).isEqualTo(new HeardWindow(99.8, 100.2, Optional.empty(), true));
    assertThat(later.get(1).startSeconds()).isEqualTo(100);
    assertThat(later.get(1).scores()).isPresent();
  }

  @Test
  void aSlowRecognizerLosesWindowsNotTime() throws Exception {
    LiveStream live =
        LiveStream.of(
            windows -> {
              sleep();
              return windows.stream().map(EmotionStreamTest::scores).toList();
            },
            new FakeSpeech(),
            TIMELINE);
    Thread recorder =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                live.offer(EmotionStreamTest.sound(0.1, 0.5f));
                pause(1);
              }
              live.end();
            });
    recorder.start();
    TimelineUpdate.Builder heard = new TimelineUpdate.Builder();
    for (Optional<TimelineUpdate> news = live.next(); news.isPresent(); news = live.next()) {
      heard.addAll(news.get());
    }
    recorder.join();

    List<HeardWindow> windows = heard.build().windows();
    assertThat(windows).hasSize(149);
    assertThat(windows).filteredOn(HeardWindow::dropped).isNotEmpty();
    assertThat(windows).filteredOn(window -> window.scores().isPresent()).isNotEmpty();
    assertThat(windows.get(148).endSeconds()).isEqualTo(30);
  }

  private static void sleep() {
    pause(100);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WindowScorer scorer() {
    return windows -> windows.stream().map(EmotionStreamTest::scores).toList();
  }
}
