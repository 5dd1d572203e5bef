package dev.serenade.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.analysis.Doubt;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.cli.SoundAndWords;
import dev.serenade.cli.TestSounds;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.text.TokenDecoder;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.transcription.Transcriber;
import dev.serenade.transcription.Transcript;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words and scores by a model that goes by words: how often sound is decoded for both. */
final class ScoringWordsTest {

  private static final RecognizerSettings SETTINGS = RecognizerSettings.of(new SessionSettings(1));

  @TempDir private Path folder;
  private EmotionRecognizer recognizer;
  private TokenDecoder words;
  private Transcriber shared;

  /** These two know nothing of each other, and decode everything anew. */
  private EmotionRecognizer forgetting;

  private Transcriber alone;

  @BeforeEach
  void load() throws IOException {
    recognizer = SoundAndWords.recognizer(SETTINGS.rememberingWords());
    words = recognizer.words().orElseThrow();
    shared = Transcriber.of(words, SoundAndWords.WHISPER, Optional.of("de"), 2);
    forgetting = SoundAndWords.recognizer(SETTINGS);
    alone = Transcriber.load(SoundAndWords.WHISPER, Optional.of("de"), new SessionSettings(1));
  }

  @AfterEach
  void close() {
    shared.close();
    recognizer.close();
    alone.close();
    forgetting.close();
  }

  private Path file(String name, int channels, byte[] samples) throws IOException {
    return Files.write(folder.resolve(name), TestSounds.wav(channels, samples));
  }

  private List<Heard> heard(Optional<TimelineWish> wish, Channels channels, List<HeardSegment> said)
      throws Exception {
    Scoring scoring = new Scoring(recognizer, wish, false, Doubt.NONE, Optional.of(shared));
    return heard(scoring, channels, said);
  }

  private List<Heard> heard(Scoring scoring, Channels channels, List<HeardSegment> said)
      throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    List<Recording> recordings =
        Recordings.find(List.of(folder), false, InputStream.nullInputStream());
    try (DecodeAhead decoded = DecodeAhead.start(recordings, channels, false)) {
      for (List<Decoded> next = decoded.next(16, 60);
          !next.isEmpty();
          next = decoded.next(16, 60)) {
        if (next.get(0) instanceof LongRecording recording) {
          outcomes.add(scoring.hear(recording, (segments, seconds) -> said.addAll(segments)));
        } else {
          outcomes.addAll(scoring.score(next));
        }
      }
    }
    return outcomes.stream().map(Heard.class::cast).toList();
  }

  private static Transcript said(Heard heard) {
    return heard.said().orElseThrow().whole();
  }

  /** Scores without words are what they were, to the bit. */
  private void assertSameScores(List<Heard> found, Optional<TimelineWish> wish, Channels channels)
      throws Exception {
    List<Heard> expected =
        heard(
            new Scoring(forgetting, wish, false, Doubt.NONE, Optional.empty()),
            channels,
            new ArrayList<>());
    assertThat(found.stream().map(one -> one.analysis().recognition().scores()))
        .isEqualTo(expected.stream().map(one -> one.analysis().recognition().scores()).toList());
    assertThat(found.stream().map(one -> one.analysis().timeline()))
        .isEqualTo(expected.stream().map(one -> one.analysis().timeline()).toList());
  }

  @Test
  void eachClipIsDecodedOnce() throws Exception {
    file("a.wav", 1, TestSounds.speechSamples(1.1, 1));
    file("b.wav", 1, TestSounds.silentSamples(1));
    file("c.wav", 1, TestSounds.speechSamples(2.3, 2));
    List<Heard> heard = heard(Optional.empty(), Channels.MIX, new ArrayList<>());

    assertThat(words.decodings()).isEqualTo(2);
    for (Heard one : heard) {
      Waveform sound = AudioDecoder.create().decode(Path.of(one.track().file()));
      assertThat(said(one)).isEqualTo(alone.transcribe(sound));
    }
    assertThat(said(heard.get(0)).text()).isNotEmpty();
    assertThat(said(heard.get(1))).isEqualTo(Transcript.NOTHING);
    assertSameScores(heard, Optional.empty(), Channels.MIX);
  }

  @Test
  void eachChannelIsDecodedOnce() throws Exception {
    byte[] left = TestSounds.speechSamples(1.5, 1);
    byte[] right = TestSounds.speechSamples(1.5, 2);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    for (int i = 0; i < left.length; i += Short.BYTES) {
      both.write(left, i, Short.BYTES);
      both.write(right, i, Short.BYTES);
    }
    Path file = file("call.wav", 2, both.toByteArray());
    Channels split = new Channels(true, OptionalInt.empty());
    List<Heard> heard = heard(Optional.empty(), split, new ArrayList<>());

    assertThat(heard).hasSize(2);
    assertThat(words.decodings()).isEqualTo(2);
    for (int channel = 1; channel <= 2; channel++) {
      Waveform sound = AudioDecoder.create().withChannel(channel).decode(file);
      assertThat(said(heard.get(channel - 1))).isEqualTo(alone.transcribe(sound));
    }
    assertSameScores(heard, Optional.empty(), split);
  }

  @Test
  void windowsAndSegmentsThatAreTheWholeClipAreNotDecodedAgain() throws Exception {
    Path file = file("a.wav", 1, TestSounds.speechSamples(3, 1));
    Waveform whole = AudioDecoder.create().decode(file);
    Optional<TimelineWish> wish = Optional.of(new TimelineWish(Timeline.DEFAULT, true, false));
    Heard heard = heard(wish, Channels.MIX, new ArrayList<>()).get(0);

    List<TimelineSegment> segments = heard.analysis().timeline();
    assertThat(segments).isNotEmpty();
    // The only window is the whole.
    Set<Waveform> sounds = new HashSet<>(Set.of(whole));
    for (int i = 0; i < segments.size(); i++) {
      Waveform sound = part(whole, segments.get(i));
      sounds.add(sound);
      assertThat(heard.said().orElseThrow().segments().get(i)).isEqualTo(alone.transcribe(sound));
    }
    assertThat(words.decodings()).isEqualTo(sounds.size());
    assertSameScores(List.of(heard), wish, Channels.MIX);
  }

  private static Waveform part(Waveform whole, TimelineSegment segment) {
    return whole.slice(
        (int) Math.round(segment.startSeconds() * Waveform.SAMPLE_RATE_HZ),
        (int) Math.round(segment.endSeconds() * Waveform.SAMPLE_RATE_HZ));
  }

  @Test
  void windowsOfALongRecordingThatAreItsPiecesAreDecodedOnce() throws Exception {
    Path file = file("long.wav", 1, TestSounds.speechSamples(95, 1));
    Waveform whole = AudioDecoder.create().decode(file);
    Heard heard = heard(Optional.empty(), Channels.MIX, new ArrayList<>()).get(0);

    // Pieces of 30, 30, 17.5 and 17.5 s are scored; windows of 30, 30, 30 and 5 s are written.
    assertThat(words.decodings()).isEqualTo(6);
    assertThat(said(heard)).isEqualTo(alone.transcribe(whole));
    assertThat(said(heard).text()).isNotEmpty();
    assertSameScores(List.of(heard), Optional.empty(), Channels.MIX);
  }

  @Test
  void segmentsOfALongRecordingHaveTheWordsOfEach() throws Exception {
    byte[] samples = TestSounds.speechSamples(40, 1);
    System.arraycopy(TestSounds.silentSamples(3), 0, samples, samples.length / 3, 3 * 2 * 16_000);
    Waveform whole = AudioDecoder.create().decode(file("long.wav", 1, samples));
    Optional<TimelineWish> wish = Optional.of(new TimelineWish(new Timeline(10, 10), true, false));
    List<HeardSegment> segments = new ArrayList<>();
    heard(wish, Channels.MIX, segments);

    assertThat(segments).hasSizeGreaterThan(1);
    for (HeardSegment segment : segments) {
      assertThat(segment.transcript()).contains(alone.transcribe(part(whole, segment.emotion())));
    }
  }
}
