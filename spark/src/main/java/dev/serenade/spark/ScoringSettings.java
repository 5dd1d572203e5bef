package dev.serenade.spark;

import dev.serenade.analysis.Doubt;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.PrecisionChoice;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.Speed;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What tasks need to score recordings; small, as the model is sent apart and once.
 *
 * @param model the content of the model file; of no bytes for the one that comes with Serenade
 * @param windowSeconds of the timeline; 0 if there is none
 * @param hopSeconds of the timeline; 0 if there is none
 */
record ScoringSettings(
    String modelName,
    String modelSha256,
    Broadcast<byte[]> model,
    Broadcast<SerializableConfiguration> hadoop,
    PrecisionChoice precision,
    double leastConfidence,
    double windowSeconds,
    double hopSeconds,
    boolean embedding,
    RecordingLimits limits)
    implements Serializable {

  /** Local masters do not try again unless they say how often: {@code local[threads,attempts]}. */
  private static final Pattern LOCAL_MASTER =
      Pattern.compile("local(?:\\[[^],]*(?:,\\s*([0-9]+)\\s*)?])?");

  static ScoringSettings of(JavaSparkContext context, ScoringModel model, ScoringOptions options) {
    return new ScoringSettings(
        model.name(),
        model.sha256(),
        context.broadcast(model.content().orElseGet(() -> new byte[0])),
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
        options.precision(),
        model.doubt().leastConfidence(),
        options.timeline().map(Timeline::windowSeconds).orElse(0.0),
        options.timeline().map(Timeline::hopSeconds).orElse(0.0),
        options.embedding(),
        options.limits());
  }

  Optional<Timeline> timeline() {
    return windowSeconds > 0
        ? Optional.of(new Timeline(windowSeconds, hopSeconds))
        : Optional.empty();
  }

  Configuration hadoopConfiguration() {
    return hadoop.value().value();
  }

  /**
   * Scores recordings within a task, by the recogniser that all tasks of its JVM share. Each runs
   * on as many threads as Spark has given it processors ({@code spark.task.cpus}).
   */
  Iterator<ScoredRecording> score(Iterator<RecordingSource> sources, TaskContext task) {
    int threads = task.cpus();
    String key = "%s %s %d".formatted(modelSha256, precision, threads);
    ExecutorRecognizers recognizers = ExecutorRecognizers.OF_THIS_JVM;
    EmotionRecognizer recognizer = recognizers.acquire(key, () -> load(threads));
    TaskCompletionListener release = done -> recognizers.release(key);
    task.addTaskCompletionListener(release);
    return new RecordingScorer(
        sources,
        recognizer,
        new Doubt(leastConfidence, Optional.empty()),
        timeline(),
        limits,
        hadoopConfiguration(),
        isLastAttempt(task));
  }

  private EmotionRecognizer load(int threads) throws IOException {
    RecognizerSettings settings =
        new RecognizerSettings(
            new SessionSettings(threads), Speed.ACCURATE.withPrecision(precision));
    byte[] content = model.value();
    if (content.length == 0) {
      return EmotionRecognizer.loadDefault(settings);
    }
    try (EmotionModel read =
        ModelFile.read(new ByteArrayInputStream(content), modelName, EncoderLocator.create())) {
      return EmotionRecognizer.of(read, settings);
    }
  }

  private static boolean isLastAttempt(TaskContext task) {
    SparkConf conf = SparkEnv.get().conf();
    String master = conf.get("spark.master", "");
    Matcher local = LOCAL_MASTER.matcher(master);
    int attempts = conf.getInt("spark.task.maxFailures", 4);
    if (local.matches()) {
      attempts = local.group(1) == null ? 1 : Integer.parseInt(local.group(1));
    }
    return task.attemptNumber() >= attempts - 1;
  }
}
