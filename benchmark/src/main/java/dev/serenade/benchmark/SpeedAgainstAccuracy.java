package dev.serenade.benchmark;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.figure.TradeOffChart;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.PrecisionChoice;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.Speed;
import dev.serenade.whisper.FrameMerging;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What does it cost in accuracy to be faster? Models that have not heard the test speakers are run
 * in every way that is cheaper, and their unweighted accuracy is set against their time.
 *
 * <p>Time is that of the processor in one thread, after a first clip, from samples to scores: other
 * programs disturb it little. {@code docs/results/speed-accuracy.sh} prepares the folder.
 */
public final class SpeedAgainstAccuracy {

  private static final int NANOSECONDS_PER_MILLISECOND = 1_000_000;

  /** The layer of the default model, which is run in every way; of others only the exact one. */
  private static final int LAYER = 3;

  /** A way to run a model. */
  private record Way(String series, String name, int layer, Speed speed) {}

  private static final List<Way> WAYS =
      List.of(
          exact(1),
          exact(2),
          exact(LAYER),
          exact(4),
          new Way(
              "int8",
              "int8: balanced",
              LAYER,
              speed(PrecisionChoice.INT8, FrameMerging.NONE, false)),
          new Way("pauses left out", "pauses", LAYER, speed(fp32(), FrameMerging.NONE, true)),
          merged(PrecisionChoice.FP32, 2),
          merged(PrecisionChoice.FP32, 1),
          merged(PrecisionChoice.INT8, 2),
          merged(PrecisionChoice.INT8, 1));

  private static PrecisionChoice fp32() {
    return PrecisionChoice.FP32;
  }

  private static Way exact(int layer) {
    return new Way("stopped at a layer", "layer " + layer, layer, Speed.ACCURATE);
  }

  private static Way merged(PrecisionChoice precision, int after) {
    boolean integers = precision == PrecisionChoice.INT8;
    return new Way(
        integers ? "frames merged, int8" : "frames merged",
        (integers ? "int8, merged after " : "merged after ")
            + after
            + (integers && after == 2 ? ": fast" : ""),
        LAYER,
        speed(precision, new FrameMerging(after, 2), false));
  }

  private static Speed speed(PrecisionChoice precision, FrameMerging merging, boolean skipsPauses) {
    return new Speed(precision, merging, skipsPauses);
  }

  /** What came of one way on one corpus. */
  private static final class Tally {
    private long[][] counts = new long[0][0];
    private long nanoseconds;
    private int clips;
    private int changed;

    double accuracy(List<String> classes) {
      return 100
          * Metric.UNWEIGHTED_AVERAGE_RECALL.of(ConfusionMatrix.of(classes, counts)).orElseThrow();
    }

    double milliseconds() {
      return (double) nanoseconds / NANOSECONDS_PER_MILLISECOND / clips;
    }
  }

  private final Path folder;
  private final Pattern names;
  private final Map<String, Map<Way, Tally>> tallies = new LinkedHashMap<>();
  private final Map<String, List<String>> classes = new LinkedHashMap<>();

  private SpeedAgainstAccuracy(Path folder, Pattern names) {
    this.folder = folder;
    this.names = names;
  }

  /**
   * Runs.
   *
   * @param arguments a folder of CORPUS-FOLD-test.csv and CORPUS-FOLD-layerL.serenade, and a folder
   *     for the table and the picture; and then, to run only some ways, a pattern of their names
   */
  public static void main(String[] arguments) throws IOException, ManifestFormatException {
    if (arguments.length < 2 || arguments.length > 3) {
      throw new IllegalArgumentException("expected FOLDS OUT [WAYS], found " + List.of(arguments));
    }
    SpeedAgainstAccuracy run =
        new SpeedAgainstAccuracy(
            Path.of(arguments[0]), Pattern.compile(arguments.length == 3 ? arguments[2] : ".*"));
    List<Path> manifests;
    try (Stream<Path> files = Files.list(run.folder)) {
      manifests = files.filter(file -> file.toString().endsWith("-test.csv")).sorted().toList();
    }
    for (Path manifest : manifests) {
      run.fold(manifest);
      run.write(Path.of(arguments[1]));
    }
  }

  private void fold(Path manifest) throws IOException, ManifestFormatException {
    String fold = manifest.getFileName().toString().replace("-test.csv", "");
    String corpus = fold.substring(0, fold.lastIndexOf('-'));
    List<Utterance> clips = Manifest.read(manifest).utterances();
    List<Waveform> sounds = new ArrayList<>();
    for (Utterance clip : clips) {
      sounds.add(AudioDecoder.create().decode(clip.path()));
    }
    List<String> exact = new ArrayList<>();
    for (Way way : byLayer()) {
      Path model = folder.resolve("%s-layer%d.serenade".formatted(fold, way.layer()));
      if (Files.exists(model) && names.matcher(way.name()).matches()) {
        score(corpus, way, model, clips, sounds, exact);
      }
    }
  }

  /** The exact model of the layer first, whose answers the others are held against. */
  private static List<Way> byLayer() {
    List<Way> ways = new ArrayList<>(WAYS);
    Way first = exact(LAYER);
    ways.remove(first);
    ways.add(0, first);
    return ways;
  }

  private void score(
      String corpus,
      Way way,
      Path model,
      List<Utterance> clips,
      List<Waveform> sounds,
      List<String> exact)
      throws IOException {
    RecognizerSettings settings = new RecognizerSettings(new SessionSettings(1), way.speed());
    try (EmotionRecognizer recognizer = EmotionRecognizer.load(model, settings)) {
      List<String> labels = recognizer.labels();
      classes.put(corpus, labels);
      Tally tally =
          tallies
              .computeIfAbsent(corpus, name -> new LinkedHashMap<>())
              .computeIfAbsent(way, name -> new Tally());
      if (tally.clips == 0) {
        tally.counts = new long[labels.size()][labels.size()];
      }
      recognizer.recognize(sounds.get(0));
      for (int i = 0; i < clips.size(); i++) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        String heard = recognizer.recognize(sounds.get(i)).emotion();
        tally.nanoseconds += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        tally.clips++;
        tally.counts[labels.indexOf(clips.get(i).emotion().name())][labels.indexOf(heard)]++;
        if (exact.size() <= i) {
          exact.add(heard);
        } else if (!exact.get(i).equals(heard)) {
          tally.changed++;
        }
      }
    }
  }

  private void write(Path out) throws IOException {
    Files.createDirectories(out);
    StringBuilder table = new StringBuilder("| way |");
    tallies
        .keySet()
        .forEach(corpus -> table.append(' ').append(corpus).append(" UA, changed, ms |"));
    table.append(" mean UA | mean ms |\n| --- |").append(" ---: |".repeat(tallies.size() + 2));
    List<String> series = WAYS.stream().map(Way::series).distinct().toList();
    List<TradeOffChart.Point> points = new ArrayList<>();
    for (Way way : WAYS) {
      double accuracy = 0;
      double milliseconds = 0;
      StringBuilder row = new StringBuilder("\n| %s |".formatted(way.name()));
      for (var corpus : tallies.entrySet()) {
        Tally tally = corpus.getValue().get(way);
        if (tally == null) {
          row.append(" |");
          accuracy = Double.NaN;
          continue;
        }
        double ua = tally.accuracy(classes.getOrDefault(corpus.getKey(), List.of()));
        accuracy += ua / tallies.size();
        milliseconds += tally.milliseconds() / tallies.size();
        row.append(
            String.format(
                Locale.ROOT,
                " %.1f, %.1f %%, %.1f |",
                ua,
                100.0 * tally.changed / tally.clips,
                tally.milliseconds()));
      }
      if (Double.isFinite(accuracy)) {
        table
            .append(row)
            .append(String.format(Locale.ROOT, " %.1f | %.1f |", accuracy, milliseconds));
        points.add(
            new TradeOffChart.Point(
                series.indexOf(way.series()), way.name(), milliseconds, accuracy));
      }
    }
    Files.writeString(out.resolve("speed-accuracy.md"), table.append('\n'));
    Files.writeString(
        out.resolve("speed-accuracy.svg"),
        TradeOffChart.of(
                "speed-accuracy",
                "What it costs to be faster",
                "milliseconds a clip, one thread",
                "UA, %, mean of the corpora",
                series,
                points)
            .standalone());
  }
}
