package dev.serenade.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Whether silence or zeros at the ends of clips go with the class; see {@link VarianceShare}. */
final class SilenceCheck implements Check {

  static final String ZEROS = "zero-padding";
  static final String LEADING = "leading-silence";
  static final String TRAILING = "trailing-silence";

  static final double WARNING_SHARE = 0.1;
  static final double LEVEL = 0.01;

  /** Zeros for less time than this come from coders and cutting. */
  static final double LEAST_PADDING_SECONDS = 0.02;

  private static final String SECONDS = "seconds.";

  @Override
  public List<Finding> check(Evidence evidence) {
    List<ClipMeasure> clips =
        evidence.measurement().measures().stream().filter(m -> !m.isDigitalSilence()).toList();
    if (clips.isEmpty()) {
      return List.of();
    }
    return List.of(
        zeros(clips, evidence.seed()),
        silence(LEADING, "before", clips, ClipMeasure::leadingSilenceSeconds, evidence.seed()),
        silence(TRAILING, "after", clips, ClipMeasure::trailingSilenceSeconds, evidence.seed()));
  }

  private static double zeros(ClipMeasure clip) {
    return clip.leadingZerosSeconds() + clip.trailingZerosSeconds();
  }

  private static Finding zeros(List<ClipMeasure> clips, long seed) {
    List<ClipMeasure> padded =
        clips.stream().filter(clip -> zeros(clip) >= LEAST_PADDING_SECONDS).toList();
    VarianceShare share = share(clips, SilenceCheck::zeros, seed);
    Contingency padding =
        Contingency.of(
            clips.stream().map(c -> String.valueOf(zeros(c) >= LEAST_PADDING_SECONDS)).toList(),
            labels(clips),
            seed);
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("clips", (double) padded.size());
    measure.put("etaSquared", share.etaSquared());
    measure.put("etaSquaredPValue", share.pValue());
    measure.put("cramersV", padding.v());
    measure.put("cramersVPValue", padding.pValue());
    measure.putAll(means(clips, SilenceCheck::zeros));
    if (padded.isEmpty()) {
      return Finding.ok(ZEROS, "No clip is padded with zeros.", measure);
    }
    boolean byClass =
        (share.etaSquared() >= WARNING_SHARE && share.pValue() <= LEVEL)
            || (padding.v() >= AssociationCheck.WARNING_V && padding.pValue() <= LEVEL);
    return new Finding(
        ZEROS,
        byClass ? Severity.WARNING : Severity.NOTE,
        String.format(
            Locale.ROOT,
            "%d of %d clips begin or end with zeros for 20 ms or more%s.",
            padded.size(),
            clips.size(),
            byClass
                ? ", and which do, or for how long, goes with the class: " + list(measure)
                : ""),
        byClass
            ? "The length of the padding tells the class without a word being heard. Cut the zeros off"
                + " before training and testing (effect trim), and compare."
            : "Padding does not go with the class here; windows that count it as speech are still"
                + " misled.",
        padded.stream().map(clip -> clip.clip().id()).toList(),
        measure);
  }

  private static Finding silence(
      String check,
      String where,
      List<ClipMeasure> clips,
      ToDoubleFunction<ClipMeasure> seconds,
      long seed) {
    VarianceShare share = share(clips, seconds, seed);
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("etaSquared", share.etaSquared());
    measure.put("etaSquaredPValue", share.pValue());
    Map<String, Double> means = means(clips, seconds);
    measure.putAll(means);
    String message =
        String.format(
            Locale.ROOT,
            "Silence %s speech: %.0f %% of its variance lies between classes (p = %.3f); seconds on"
                + " average: %s.",
            where,
            100 * share.etaSquared(),
            share.pValue(),
            list(means));
    if (share.etaSquared() < WARNING_SHARE || share.pValue() > LEVEL) {
      return Finding.ok(check, message, measure);
    }
    return new Finding(
        check,
        Severity.WARNING,
        message,
        "How long a recording waits says something of its class, which is the cutting of the corpus, not"
            + " emotion. Cut silence off before training and testing (effect trim), and compare.",
        List.of(),
        measure);
  }

  private static VarianceShare share(
      List<ClipMeasure> clips, ToDoubleFunction<ClipMeasure> value, long seed) {
    return VarianceShare.of(clips.stream().mapToDouble(value).toArray(), labels(clips), seed);
  }

  private static List<String> labels(List<ClipMeasure> clips) {
    return clips.stream().map(clip -> clip.clip().emotion().name()).toList();
  }

  /** Returns the mean of each class, named {@code seconds.CLASS}. */
  private static Map<String, Double> means(
      List<ClipMeasure> clips, ToDoubleFunction<ClipMeasure> value) {
    Map<String, List<Double>> values = new TreeMap<>();
    for (ClipMeasure clip : clips) {
      values
          .computeIfAbsent(clip.clip().emotion().name(), name -> new ArrayList<>())
          .add(value.applyAsDouble(clip));
    }
    Map<String, Double> means = new LinkedHashMap<>();
    values.forEach(
        (name, list) ->
            means.put(
                SECONDS + name,
                list.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return means;
  }

  private static String list(Map<String, Double> measure) {
    List<String> parts = new ArrayList<>();
    measure.forEach(
        (name, value) -> {
          if (name.startsWith(SECONDS)) {
            parts.add(
                String.format(Locale.ROOT, "%s %.2f", name.substring(SECONDS.length()), value));
          }
        });
    return String.join(", ", parts);
  }
}
