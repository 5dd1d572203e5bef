package dev.serenade.training.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.whisper.EncodedClip;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.tensor.Float16;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureStoreTest {

  private static final long NO_LIMIT = 1_000_000_000;
  private static final String CLIP = StoreFiller.clip(0);

  @TempDir private static Path encoderFolder;
  private static EncodedClip states;

  @TempDir private Path root;

  @BeforeAll
  static void encode() throws IOException {
    try (EncoderWeights weights = TinyEncoder.write(encoderFolder)) {
      states = TinyStates.of(weights, StoreFiller.waveform());
    }
  }

  private FeatureStore open(long limitBytes) throws IOException {
    return FeatureStore.open(root, StoreFiller.IDENTITY, limitBytes);
  }

  private FeatureStore open() throws IOException {
    return open(NO_LIMIT);
  }

  private static SortedMap<Integer, HiddenStates> layer(int layer) {
    return new TreeMap<>(Map.of(layer, states.layer(layer)));
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private Path onlyFile() throws IOException {
    assertThat(files(".safetensors")).hasSize(1);
    return files(".safetensors").get(0);
  }

  private static short[] rounded(HiddenStates layer) {
    float[] values = layer.toArray();
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = Float16.fromFloat(values[i]);
    }
    return halves;
  }

  private static void assertHolds(StoredClip clip, Set<Integer> layers) {
    assertThat(clip.layers()).containsOnlyKeys(layers);
    for (int layer : layers) {
      StoredStates stored = clip.layer(layer);
      short[] halves = new short[stored.halves().capacity()];
      stored.halves().duplicate().get(halves);
      assertThat(List.of(stored.frames(), stored.width())).containsExactly(50, 16);
      assertThat(halves).isEqualTo(rounded(states.layer(layer)));
    }
  }

  @Test
  void statesComeBackRoundedToFloat16() throws IOException {
    Set<Integer> all = Set.of(0, 1, 2, 3);
    StoredClip put = open().put(CLIP, states.hiddenStates());

    assertHolds(put, all);
    assertHolds(open().find(CLIP, all).orElseThrow(), all);
  }

  @Test
  void layersJoinThoseThatAreThere() throws IOException {
    open().put(CLIP, layer(1));
    assertThat(open().find(CLIP, Set.of(1, 3))).isEmpty();
    assertHolds(open().put(CLIP, layer(3)), Set.of(3));

    assertHolds(open().find(CLIP, Set.of(1, 3)).orElseThrow(), Set.of(1, 3));
    assertThat(open().find(CLIP, Set.of(0))).isEmpty();
    assertThat(open().find(StoreFiller.clip(1), Set.of(1))).isEmpty();
  }

  @Test
  void aDamagedFileCountsAsMissingAndIsMended() throws IOException {
    open().put(CLIP, layer(1));
    byte[] whole = Files.readAllBytes(onlyFile());
    byte[] otherType =
        new String(whole, StandardCharsets.ISO_8859_1)
            .replace("\"F16\"", "\"I8\" ")
            .getBytes(StandardCharsets.ISO_8859_1);
    List<byte[]> damaged =
        List.of(
            new byte[0],
            Arrays.copyOf(whole, 5),
            Arrays.copyOf(whole, whole.length - 1),
            "something else that is long enough to have a header".getBytes(StandardCharsets.UTF_8),
            otherType);

    for (byte[] content : damaged) {
      Files.write(onlyFile(), content);
      assertThat(open().find(CLIP, Set.of(1))).as("%d bytes", content.length).isEmpty();
      open().put(CLIP, layer(1));
      assertHolds(open().find(CLIP, Set.of(1)).orElseThrow(), Set.of(1));
    }
  }

  @Test
  void sizeCountsWhatIsThere() throws IOException {
    FeatureStore store = open();
    assertThat(store.sizeBytes()).isZero();
    store.put(CLIP, layer(1));
    store.put(CLIP, layer(2));

    assertThat(store.sizeBytes()).isEqualTo(Files.size(onlyFile()));
    assertThat(open().sizeBytes()).isEqualTo(store.sizeBytes());
  }

  @Test
  void whatWasUnusedForLongestGoesFirst() throws IOException {
    FeatureStore earlier = open();
    for (int i = 0; i < 3; i++) {
      earlier.put(StoreFiller.clip(i), layer(1));
      age(StoreFiller.clip(i), Duration.ofDays(10 - i));
    }
    FeatureStore store = open(earlier.sizeBytes());
    store.find(StoreFiller.clip(0), Set.of(1));
    store.put(StoreFiller.clip(3), layer(1));

    assertThat(stored(4)).containsExactly(0, 2, 3);
    assertThat(store.sizeBytes()).isEqualTo(earlier.sizeBytes());
  }

  @Test
  void usingAFileMakesItYoung() throws IOException {
    open().put(CLIP, layer(1));
    age(CLIP, Duration.ofDays(10));
    open().find(CLIP, Set.of(1));

    assertThat(Files.getLastModifiedTime(onlyFile()).toInstant())
        .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
  }

  @Test
  void filesOfThisRunNeverGo() throws IOException {
    open().put(CLIP, layer(1));
    long size = open().sizeBytes();
    FeatureStore store = open(2 * size);
    store.find(CLIP, Set.of(1));
    store.put(StoreFiller.clip(1), layer(1));

    assertThatThrownBy(() -> store.put(StoreFiller.clip(2), layer(1)))
        .isInstanceOf(FeatureStoreFullException.class)
        .hasMessage(
            "%s: the limit of the feature store, 0.0 MB, does not hold the hidden states of this run; raise it or use fewer layers",
            root);
    assertThat(stored(3)).containsExactly(0, 1);
    assertThat(store.sizeBytes()).isEqualTo(2 * size);
    assertThat(files(".part")).isEmpty();
  }

  @Test
  void statesBeyondFloat16AreRefused(@TempDir Path folder) throws IOException {
    SortedMap<Integer, HiddenStates> large;
    try (EncoderWeights weights = TinyEncoder.write(folder, 1e6)) {
      large = TinyStates.of(weights, StoreFiller.waveform()).hiddenStates();
    }

    assertThatThrownBy(() -> open().put(CLIP, large))
        .isInstanceOf(StatesRangeException.class)
        .hasMessageMatching(
            "layer 0: expected hidden states within the range of 16-bit floats \\(65504\\), found -?\\d.* in frame 0, dimension \\d+");
    assertThat(files("")).noneMatch(file -> file.toString().contains(CLIP));
  }

  @Test
  void whatAKilledProcessStoredIsWhole() throws IOException, InterruptedException {
    Process filler = StoreFiller.start(root, encoderFolder, NO_LIMIT, Integer.MAX_VALUE);
    int told = 0;
    try (BufferedReader lines = filler.inputReader()) {
      while (told < 50 && lines.readLine() != null) {
        told++;
      }
      filler.destroyForcibly();
    }
    assertThat(told).isEqualTo(50);
    assertThat(filler.waitFor(20, TimeUnit.SECONDS)).isTrue();

    List<Integer> whole = stored(100_000);
    assertThat(whole).startsWith(IntStream.range(0, told).boxed().toArray(Integer[]::new));
    assertThat(files(".safetensors")).hasSameSizeAs(whole);
    assertThat(open().sizeBytes()).isPositive();
  }

  @Test
  void whatKilledProcessesLeaveIsSweptAwayLater() throws IOException {
    FeatureStore store = open();
    store.put(CLIP, layer(1));
    Path old = Files.writeString(onlyFile().resolveSibling("x.1.part"), "half");
    Path young = Files.writeString(onlyFile().resolveSibling("x.2.part"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    assertThat(open().sizeBytes()).isEqualTo(store.sizeBytes());
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void manyThreadsMayWriteTheSameClips() {
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              try {
                FeatureStore store = open();
                assertHolds(store.put(StoreFiller.clip(i % 5), layer(1)), Set.of(1));
                assertHolds(
                    store.find(StoreFiller.clip(i % 5), Set.of(1)).orElseThrow(), Set.of(1));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void twoProcessesMayFillAndEmptyOneFolder() throws IOException, InterruptedException {
    long limit = 20 * sizeOfOne();
    Process filler = StoreFiller.start(root, encoderFolder, limit, 60);
    try (BufferedReader lines = filler.inputReader()) {
      lines.readLine();
      for (int i = 0; i < 60; i++) {
        // A new run each time, so that there is something to throw away.
        assertHolds(
            open(limit).put(StoreFiller.clip(i), states.hiddenStates()), Set.of(0, 1, 2, 3));
      }
      lines.transferTo(Writer.nullWriter());
    }

    assertThat(filler.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(filler.exitValue()).isZero();
  }

  private long sizeOfOne() throws IOException {
    FeatureStore store = open();
    store.put(CLIP, states.hiddenStates());
    return store.sizeBytes();
  }

  @Test
  void pythonReadsTheFiles() throws IOException, InterruptedException {
    assumeTrue(
        python("import numpy, safetensors.numpy") == 0,
        "needs python3 with the packages numpy and safetensors");
    open().put(CLIP, layer(2));
    float expected = Float16.toFloat(Float16.fromFloat(states.layer(2).get(3, 5)));

    assertThat(
            python(
                String.format(
                    Locale.ROOT,
                    """
                    import safetensors.numpy
                    tensors = safetensors.numpy.load_file('%s')
                    assert list(tensors) == ['layer.2'], tensors.keys()
                    states = tensors['layer.2']
                    assert states.shape == (50, 16) and states.dtype == 'float16'
                    assert float(states[3, 5]) == %s, states[3, 5]
                    """,
                    onlyFile(),
                    Float.toString(expected))))
        .isZero();
  }

  private static int python(String program) throws IOException, InterruptedException {
    try {
      Process python =
          new ProcessBuilder("python3", "-c", program)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return python.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Returns which of the first clips are stored whole. */
  private List<Integer> stored(int first) throws IOException {
    Set<String> names =
        files(".safetensors").stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toSet());
    FeatureStore store = open();
    return IntStream.range(0, first)
        .filter(i -> names.contains(StoreFiller.clip(i) + ".safetensors"))
        .filter(
            i -> {
              try {
                return store.find(StoreFiller.clip(i), Set.of(1)).isPresent();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .boxed()
        .toList();
  }

  private void age(String clip, Duration duration) throws IOException {
    Path file =
        files(".safetensors").stream()
            .filter(candidate -> candidate.toString().contains(clip))
            .findFirst()
            .orElseThrow();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(duration)));
  }
}
