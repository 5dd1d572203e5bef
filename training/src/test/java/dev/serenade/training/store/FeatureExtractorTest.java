package dev.serenade.training.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.head.WeightedLayers;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureExtractorTest extends TinyExtraction {

  @Test
  void statesAreTheEncoders() throws IOException {
    List<Utterance> clips = clips(3);
    List<LayerFusion> fusions = List.of(new SingleLayer(1), new SingleLayer(3));
    Map<LayerFusion, ExtractedCorpus> corpora =
        extractor(1).extract(clips, Augmentation.NONE, fusions, SILENT);

    assertThat(corpora.keySet()).containsExactlyElementsOf(fusions);
    for (Map.Entry<LayerFusion, ExtractedCorpus> corpus : corpora.entrySet()) {
      assertThat(corpus.getValue().fusion()).isEqualTo(corpus.getKey());
      assertThat(corpus.getValue().clips()).isEqualTo(clips);
      assertThat(corpus.getValue().failed()).isEmpty();
      for (int i = 0; i < clips.size(); i++) {
        assertThat(corpus.getValue().number(clips.get(i))).isEqualTo(i);
        assertSame(
            stored(corpus.getValue(), i), expected(clips.get(i).path(), corpus.getKey().highest()));
      }
    }
  }

  @Test
  void severalLayersLieSideBySideInEveryFrame() throws IOException {
    List<Utterance> clips = clips(2);
    ExtractedCorpus corpus = extractor(1).extract(clips, new WeightedLayers(List.of(1, 3)), SILENT);

    int width = TinyEncoder.CONFIG.width();
    assertThat(corpus.features().width()).isEqualTo(2 * width);
    for (int i = 0; i < clips.size(); i++) {
      short[] first = expected(clips.get(i).path(), 1);
      short[] third = expected(clips.get(i).path(), 3);
      short[] both = new short[2 * first.length];
      for (int j = 0; j < both.length; j++) {
        int frame = j / (2 * width);
        int dimension = j % (2 * width);
        both[j] =
            dimension < width
                ? first[frame * width + dimension]
                : third[frame * width + dimension - width];
      }
      assertThat(stored(corpus, i)).isEqualTo(both);
    }
  }

  @Test
  void whatIsStoredIsNeitherDecodedNorEncoded() throws IOException {
    // Not audio, so decoding it would fail; and closed weights, so encoding would.
    Utterance clip = clip(Files.writeString(folder.resolve("a.wav"), "not audio"));
    Waveform waveform = StoreFiller.waveform();
    store(NO_LIMIT)
        .put(new ContentHashes().of(clip), TinyStates.of(weights, waveform).hiddenStates());
    EncoderWeights closed = EncoderWeights.open(encoderFolder);
    closed.close();

    ExtractedCorpus corpus =
        new FeatureExtractor(store(NO_LIMIT), closed, Window.adaptive(), 1)
            .extract(List.of(clip), new SingleLayer(2), SILENT);

    assertThat(corpus.failed()).isEmpty();
    assertSame(stored(corpus, 0), expected(waveform, 2));
  }

  @Test
  void aSecondRunGivesTheSame() throws IOException {
    List<Utterance> clips = clips(3);
    ExtractedCorpus first = extractor(1).extract(clips, new SingleLayer(2), SILENT);
    ExtractedCorpus second = extractor(1).extract(clips, new SingleLayer(2), SILENT);

    for (int i = 0; i < clips.size(); i++) {
      assertThat(stored(second, i)).isEqualTo(stored(first, i));
    }
    assertThat(storedFiles()).isEqualTo(3);
  }

  @Test
  void aBadClipAmongGoodOnesIsListed() throws IOException {
    List<Utterance> clips = clips(3);
    Files.writeString(clips.get(1).path(), "not audio");
    Utterance missing = clip(folder.resolve("missing.wav"));
    List<Utterance> all = Stream.concat(clips.stream(), Stream.of(missing)).toList();
    List<Integer> progress = new ArrayList<>();

    ExtractedCorpus corpus =
        extractor(2)
            .extract(all, new SingleLayer(1), (done, count) -> progress.add(100 * count + done));

    assertThat(progress).containsExactly(401, 402, 403, 404);
    assertThat(corpus.clips()).containsExactly(clips.get(0), clips.get(2));
    assertThat(corpus.usable(all)).isEqualTo(corpus.clips());
    assertThat(corpus.failed().stream().map(FailedClip::clip))
        .containsExactly(clips.get(1), missing);
    assertThat(corpus.failed()).allMatch(failed -> failed.reason().contains(failed.clip().id()));
    assertSame(stored(corpus, 1), expected(clips.get(2).path(), 1));
    assertThatThrownBy(() -> corpus.number(missing)).hasMessage("no features of clip missing.wav");
  }

  @Test
  void partsAndChannelsAreClipsOfTheirOwn() throws IOException {
    Path file = TestRecordings.noise(folder.resolve("call.wav"), 2, 2, 1);
    Waveform left = AudioDecoder.create().withChannel(1).decode(file);
    Waveform right = AudioDecoder.create().withChannel(2).decode(file);
    Waveform both = AudioDecoder.create().decode(file);

    ExtractedCorpus corpus =
        extractor(1)
            .extract(
                List.of(
                    builder(file).channel(1).build(),
                    builder(file).channel(2).startSeconds(0.5).endSeconds(1.25).build(),
                    builder(file).startSeconds(1.5).build(),
                    clip(file)),
                new SingleLayer(1),
                SILENT);

    assertSame(stored(corpus, 0), expected(left, 1));
    assertSame(stored(corpus, 1), expected(right.slice(8_000, 20_000), 1));
    assertSame(stored(corpus, 2), expected(both.slice(24_000, 32_000), 1));
    assertSame(stored(corpus, 3), expected(both, 1));
    assertThat(storedFiles()).isEqualTo(4);
  }

  @Test
  void whatComesAfterThirtySecondsIsNotHeard() throws IOException {
    Path file = TestRecordings.noise(folder.resolve("long.wav"), 30.5, 1);
    Utterance firstThirtySeconds = builder(file).endSeconds(30).build();
    ExtractedCorpus corpus =
        extractor(1).extract(List.of(clip(file), firstThirtySeconds), new SingleLayer(1), SILENT);

    assertThat(corpus.features().frames(0)).isEqualTo(1500);
    assertThat(stored(corpus, 0)).isEqualTo(stored(corpus, 1));
  }

  @Test
  void equalRecordingsAreStoredOnce() throws IOException {
    Path file = TestRecordings.noise(folder.resolve("a.wav"), 0.2, 1);
    Path copy = Files.copy(file, folder.resolve("b.wav"));
    ExtractedCorpus corpus =
        extractor(3)
            .extract(List.of(clip(file), clip(copy), clip(file)), new SingleLayer(1), SILENT);

    assertThat(corpus.clips()).hasSize(3);
    assertThat(stored(corpus, 1)).isEqualTo(stored(corpus, 0)).isEqualTo(stored(corpus, 2));
    assertThat(storedFiles()).isEqualTo(1);
  }

  @Test
  void threadsDoNotChangeStates() throws IOException {
    List<Utterance> clips = clips(8);
    ExtractedCorpus one = extractor(1).extract(clips, new SingleLayer(3), SILENT);
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    ExtractedCorpus four = extractor(4).extract(clips, new SingleLayer(3), SILENT);

    assertThat(four.clips()).isEqualTo(one.clips());
    for (int i = 0; i < clips.size(); i++) {
      assertThat(stored(four, i)).isEqualTo(stored(one, i));
    }
  }

  @Test
  void anInterruptStopsItAndKeepsWhatIsDone() throws IOException {
    List<Utterance> clips = clips(40);

    assertThatThrownBy(
            () ->
                extractor(1)
                    .extract(
                        clips,
                        new SingleLayer(1),
                        (done, all) -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(storedFiles()).isBetween(1L, 39L);
    assertThat(extractor(1).extract(clips, new SingleLayer(1), SILENT).clips()).isEqualTo(clips);
  }

  @Test
  void aFullStoreEndsTheRun() throws IOException {
    FeatureExtractor extractor = new FeatureExtractor(store(500), weights, Window.adaptive(), 2);
    List<Utterance> clips = clips(3);

    assertThatThrownBy(() -> extractor.extract(clips, new SingleLayer(1), SILENT))
        .isInstanceOf(FeatureStoreFullException.class);
  }

  @Test
  void aClipThatFloat16CannotHoldIsListed(@TempDir Path large) throws IOException {
    try (EncoderWeights huge = TinyEncoder.write(large, 1e6)) {
      ExtractedCorpus corpus =
          new FeatureExtractor(store(NO_LIMIT), huge, Window.adaptive(), 1)
              .extract(clips(1), new SingleLayer(1), SILENT);

      assertThat(corpus.clips()).isEmpty();
      assertThat(corpus.failed().get(0).reason()).startsWith("0.wav: layer 1: expected");
    }
  }
}
