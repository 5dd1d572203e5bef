package dev.serenade.cli.train;

import static dev.serenade.cli.train.PoolingOptions.PoolingChoice.ATTENTIVE;
import static dev.serenade.cli.train.PoolingOptions.PoolingChoice.QKV;
import static dev.serenade.cli.train.PoolingOptions.PoolingChoice.STATISTICS;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.HeadInteraction;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.OutputNorm;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.QkvPooling.Query;
import dev.serenade.recognition.head.StatisticsPooling;
import dev.serenade.recognition.head.WeightedMeanPooling;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** From frames to one vector: which pooling, and in which variant. */
final class PoolingOptions {

  private static final String QUERY = "--query";
  private static final String SCALED = "--scaled";
  private static final String UNSCALED = "--unscaled";
  private static final String BOUNDED = "--bounded-scores";
  private static final String MIXED = "--mixed-scores";
  private static final String INTERACTION = "--interaction";
  private static final String OUTPUT_NORM = "--output-norm";

  /**
   * Which poolings a variant is of; on others it would be of no effect. The size of heads may be
   * given with any pooling, so that one line of a script can serve for all.
   */
  private static final Map<String, List<PoolingChoice>> POOLINGS =
      new TreeMap<>(
          Map.of(
              QUERY, List.of(QKV),
              SCALED, List.of(ATTENTIVE, QKV),
              UNSCALED, List.of(ATTENTIVE, QKV),
              BOUNDED, List.of(QKV),
              MIXED, List.of(ATTENTIVE),
              INTERACTION, List.of(QKV),
              OUTPUT_NORM, List.of(STATISTICS, ATTENTIVE, QKV)));

  enum PoolingChoice {
    MEAN,
    WEIGHTED_MEAN,
    STATISTICS,
    ATTENTIVE,
    QKV,
    /** The mean frame, without a projector, straight into the classifier. */
    LINEAR
  }

  static final class PoolingWords extends WordConverter<PoolingChoice> {
    PoolingWords() {
      super(PoolingChoice.class);
    }
  }

  /** Where the query of qkv comes from. */
  enum QueryChoice {
    MEAN,
    LEARNED
  }

  static final class QueryWords extends WordConverter<QueryChoice> {
    QueryWords() {
      super(QueryChoice.class);
    }
  }

  static final class InteractionWords extends WordConverter<HeadInteraction> {
    InteractionWords() {
      super(HeadInteraction.class);
    }
  }

  static final class OutputNormWords extends WordConverter<OutputNorm> {
    OutputNormWords() {
      super(OutputNorm.class);
    }
  }

  @Option(
      names = "--pooling",
      paramLabel = "KIND",
      defaultValue = "qkv",
      converter = PoolingWords.class,
      description =
          "From frames to one vector: mean, weighted-mean, statistics, attentive or qkv; or linear:"
              + " logistic regression on the mean frame of all layers that are read, which every"
              + " other must beat (default: ${DEFAULT-VALUE}).")
  private PoolingChoice pooling = QKV;

  @Option(
      names = "--heads",
      paramLabel = "N",
      description = "Attention heads of attentive and qkv (default: ${DEFAULT-VALUE}).")
  private int heads = HeadSpec.DEFAULT_HEADS;

  @Option(
      names = "--head-dim",
      paramLabel = "N",
      description = "Width of each of them (default: ${DEFAULT-VALUE}).")
  private int headWidth = HeadSpec.DEFAULT_HEAD_WIDTH;

  @Option(
      names = QUERY,
      paramLabel = "KIND",
      defaultValue = "mean",
      converter = QueryWords.class,
      description =
          "What qkv asks frames for: mean, what the clip's mean frame says; learned, the same in"
              + " every clip (default: ${DEFAULT-VALUE}).")
  private QueryChoice query = QueryChoice.MEAN;

  @Option(
      names = SCALED,
      description = "Divide scores of attentive by the root of --head-dim; qkv does so anyway.")
  private boolean scaled;

  @Option(
      names = UNSCALED,
      description = "Leave scores of qkv as they are; attentive does so anyway.")
  private boolean unscaled;

  @Option(
      names = BOUNDED,
      description = "Pass scores of qkv through tanh: no frame weighs over 7.4 times another.")
  private boolean bounded;

  @Option(
      names = MIXED,
      description = "Let each head of attentive score frames by what all heads see.")
  private boolean mixed;

  @Option(
      names = INTERACTION,
      paramLabel = "KIND",
      defaultValue = "none",
      converter = InteractionWords.class,
      description =
          "How heads of qkv act on one another: none; linear, keys and values are recombined;"
              + " normalised, and what heads give is normalised (default: ${DEFAULT-VALUE}).")
  private HeadInteraction interaction = HeadInteraction.NONE;

  @Option(
      names = OUTPUT_NORM,
      paramLabel = "KIND",
      defaultValue = "add-and-norm",
      converter = OutputNormWords.class,
      description =
          "What ends statistics, attentive and qkv: none; norm, a layer normalisation; add-and-norm,"
              + " one after the mean frame is added (default: ${DEFAULT-VALUE}).")
  private OutputNorm outputNorm = OutputNorm.ADD_AND_NORM;

  /** Returns the kind of pooling that was asked for. */
  PoolingChoice choice() {
    return pooling;
  }

  /**
   * Checks that every variant that was asked for is one of some of these poolings. What is the
   * default anyway may be said with any, as the files do that a training writes.
   *
   * @throws IllegalArgumentException if one is of no effect, or makes no sense; the message names
   *     it
   */
  void check(List<PoolingChoice> choices) {
    POOLINGS.forEach(
        (option, poolings) -> {
          if (isChanged(option) && Collections.disjoint(poolings, choices)) {
            throw new IllegalArgumentException(
                "%s: only with --pooling %s, found --pooling %s"
                    .formatted(option, words(poolings), words(choices)));
          }
        });
    if (scaled && unscaled) {
      throw new IllegalArgumentException("expected --scaled or --unscaled, found both");
    }
  }

  private boolean isChanged(String option) {
    return switch (option) {
      case QUERY -> query != QueryChoice.MEAN;
      case SCALED -> scaled;
      case UNSCALED -> unscaled;
      case BOUNDED -> bounded;
      case MIXED -> mixed;
      case INTERACTION -> interaction != HeadInteraction.NONE;
      case OUTPUT_NORM -> outputNorm != OutputNorm.ADD_AND_NORM;
      default -> throw new IllegalArgumentException("no option of poolings: " + option);
    };
  }

  private static String words(List<PoolingChoice> choices) {
    return String.join(", ", choices.stream().map(WordConverter::word).toList());
  }

  /** Returns a pooling of this kind, in the variant that was asked for. */
  Pooling pooling(PoolingChoice choice) {
    return switch (choice) {
      case MEAN, LINEAR -> new MeanPooling();
      case WEIGHTED_MEAN -> new WeightedMeanPooling();
      case STATISTICS -> new StatisticsPooling(outputNorm);
      case ATTENTIVE -> new AttentivePooling(heads, headWidth, scaled, mixed, outputNorm);
      case QKV ->
          new QkvPooling(
              heads,
              headWidth,
              query == QueryChoice.LEARNED ? Query.LEARNED : Query.GLOBAL_MEAN,
              !unscaled,
              bounded,
              outputNorm,
              interaction);
    };
  }
}
