package dev.serenade.server.http;

import dev.serenade.analysis.DoubtException;
import dev.serenade.analysis.DoubtWish;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.server.openapi.Operation;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a client wants to know of a recording.
 *
 * @param timeline how to divide it, if its timeline is wanted
 * @param explain whether to find out what the scores owe to which moment
 * @param doubt what to say where the model is not sure
 * @param channel the only one that is heard, counted from 1; else the mean of all
 * @param async whether a job is wanted even of a short one
 */
public record AnalysisOptions(
    Optional<Timeline> timeline,
    boolean explain,
    DoubtWish doubt,
    OptionalInt channel,
    boolean async) {

  /** Nothing but the scores. */
  public static final AnalysisOptions NONE =
      new AnalysisOptions(Optional.empty(), false, DoubtWish.NONE, OptionalInt.empty(), false);

  private static final Set<String> NAMES =
      Set.of(
          "timeline",
          "window",
          "hop",
          "explain",
          "abstainBelow",
          "targetError",
          "set",
          "channel",
          "prefer",
          "name");

  /**
   * Reads the options of a request: parameters of its address and fields of its form; the latter
   * win.
   */
  public static AnalysisOptions of(Context context, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>();
    for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
      if (parameter.getValue().size() != 1) {
        throw ProblemException.badRequest("%s: expected once".formatted(parameter.getKey()));
      }
      all.put(parameter.getKey(), parameter.getValue().get(0));
    }
    all.putAll(fields);
    for (String name : all.keySet()) {
      if (!NAMES.contains(name)) {
        throw ProblemException.badRequest(
            "unknown option %s: expected one of %s"
                .formatted(name, String.join(", ", NAMES.stream().sorted().toList())));
      }
    }
    return new Reader(all).options();
  }

  /** Adds the options to a description. */
  static Operation describe(Operation operation) {
    return operation
        .text("name", "What the recording is called, for a raw body.")
        .flag("timeline", "Also tell how emotion goes on.")
        .number("window", "Seconds that are heard at a time, for a timeline (default: 4).", 0.1, 30)
        .number("hop", "Seconds from one window to the next (default: half of it).", 0.1, 30)
        .flag("explain", "Also tell what the score owes to which moment; takes many times as long.")
        .number("abstainBelow", "Give no answer where the confidence is below this.", 0, 1)
        .number(
            "targetError",
            "Give no answer where that is needed so that at most this share is wrong.",
            0,
            1)
        .number(
            "set", "Also name all emotions that may be right, in this share of recordings.", 0, 1)
        .whole("channel", "Hear this channel only, counted from 1 (default: the mean).", 1, 999)
        .word("prefer", "async: a job even of a short recording.", "sync", "async");
  }

  private record Reader(Map<String, String> values) {

    AnalysisOptions options() {
      DoubtWish doubt = new DoubtWish(number("abstainBelow"), number("targetError"), number("set"));
      if (doubt.abstainBelow().isPresent() && doubt.targetError().isPresent()) {
        throw ProblemException.badRequest("expected either abstainBelow or targetError");
      }
      try {
        doubt.check();
      } catch (DoubtException e) {
        throw refused(e);
      }
      return new AnalysisOptions(timeline(), flag("explain"), doubt, channel(), async());
    }

    private Optional<Timeline> timeline() {
      Optional<Double> window = number("window");
      Optional<Double> hop = number("hop");
      if (!flag("timeline")) {
        if (window.isPresent() || hop.isPresent()) {
          throw ProblemException.badRequest("window and hop need timeline=true");
        }
        return Optional.empty();
      }
      double seconds = window.orElse(Timeline.DEFAULT.windowSeconds());
      try {
        return Optional.of(new Timeline(seconds, hop.orElse(seconds / 2)));
      } catch (IllegalArgumentException e) {
        throw ProblemException.badRequest("window, hop: " + e.getMessage());
      }
    }

    private OptionalInt channel() {
      String value = values.getOrDefault("channel", "");
      if (value.isEmpty()) {
        return OptionalInt.empty();
      }
      if (!value.matches("[1-9]\\d{0,2}")) {
        throw ProblemException.badRequest(
            "channel: expected the number of a channel, counted from 1, found " + value);
      }
      return OptionalInt.of(Integer.parseInt(value));
    }

    private boolean async() {
      String value = values.getOrDefault("prefer", "sync");
      return switch (value) {
        case "sync" -> false;
        case "async" -> true;
        default ->
            throw ProblemException.badRequest("prefer: expected sync or async, found " + value);
      };
    }

    private boolean flag(String name) {
      String value = values.getOrDefault(name, "false");
      return switch (value) {
        case "false" -> false;
        case "true" -> true;
        default ->
            throw ProblemException.badRequest(
                "%s: expected true or false, found %s".formatted(name, value));
      };
    }

    private Optional<Double> number(String name) {
      String value = values.get(name);
      if (value == null) {
        return Optional.empty();
      }
      // Double.valueOf would take NaN, 0x1p3 and 1d, too.
      if (!value.matches("[+-]?\\d{1,9}(\\.\\d{0,12})?([eE][+-]?\\d{1,2})?")) {
        throw ProblemException.badRequest("%s: expected a number, found %s".formatted(name, value));
      }
      return Optional.of(Double.valueOf(value));
    }
  }

  /** Returns a wish that cannot be fulfilled as the problem it is. */
  public static ProblemException refused(DoubtException e) {
    String name =
        switch (e.part()) {
          case ABSTAIN_BELOW -> "abstainBelow";
          case TARGET_ERROR -> "targetError";
          case SET -> "set";
        };
    return ProblemException.badRequest("%s: %s".formatted(name, e.getMessage()));
  }
}
