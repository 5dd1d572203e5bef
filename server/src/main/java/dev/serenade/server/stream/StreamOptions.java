package dev.serenade.server.stream;

import dev.serenade.audio.PcmDecoder;
import dev.serenade.audio.PcmFormat;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.server.http.Answers;
import dev.serenade.server.http.ProblemException;
import dev.serenade.server.openapi.Operation;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client sends, and how often it wants to be told.
 *
 * @param format of the samples
 * @param rateHz of the samples
 * @param channels that alternate
 * @param timeline how the sound is divided
 */
record StreamOptions(PcmFormat format, int rateHz, int channels, Timeline timeline) {

  /** Longer windows would make each hop too dear. */
  static final double LONGEST_WINDOW_SECONDS = 30;

  /** Shorter hops tell nothing new. */
  static final double SHORTEST_HOP_SECONDS = 0.25;

  private static final Set<String> NAMES = Set.of("format", "rate", "channels", "window", "hop");

  /** Adds the options to a description. */
  static Operation describe(Operation operation) {
    return operation
        .word("format", "s16: 16 bits, signed; f32: floats; both little endian.", "s16", "f32")
        .whole("rate", "Samples a second (default: 16000).", 1_000, 768_000)
        .whole("channels", "Channels in turn; their mean is heard (default: 1).", 1, 64)
        .number(
            "window", "Seconds that are heard at a time (default: 4).", 0.1, LONGEST_WINDOW_SECONDS)
        .number(
            "hop",
            "Seconds from one answer to the next (default: 1).",
            SHORTEST_HOP_SECONDS,
            LONGEST_WINDOW_SECONDS);
  }

  /**
   * Reads the options in the address of a request.
   *
   * @throws ProblemException if one is wrong
   */
  static StreamOptions of(Context context) {
    for (Map.Entry<String, List<String>> option : context.queryParamMap().entrySet()) {
      if (!NAMES.contains(option.getKey())) {
        throw ProblemException.badRequest(
            "unknown option %s: expected one of %s"
                .formatted(
                    Answers.shown(option.getKey()),
                    String.join(", ", NAMES.stream().sorted().toList())));
      }
      if (option.getValue().size() != 1) {
        throw ProblemException.badRequest("%s: expected once".formatted(option.getKey()));
      }
    }
    int rate = Answers.wholeNumber(context, "rate", 16_000, 1_000, 768_000);
    int channels = Answers.wholeNumber(context, "channels", 1, 1, 64);
    return new StreamOptions(format(context), rate, channels, timeline(context));
  }

  private static PcmFormat format(Context context) {
    String value = context.queryParam("format");
    return switch (value == null ? "s16" : value) {
      case "s16" -> PcmFormat.SIGNED_16;
      case "f32" -> PcmFormat.FLOAT_32;
      default ->
          throw ProblemException.badRequest(
              "format: expected s16 or f32, found " + Answers.shown(value));
    };
  }

  private static Timeline timeline(Context context) {
    double window = seconds(context, "window", 4);
    double hop = seconds(context, "hop", Math.min(1, window));
    if (window > LONGEST_WINDOW_SECONDS || hop < SHORTEST_HOP_SECONDS) {
      throw ProblemException.badRequest(
          "window, hop: expected a window of at most %s s and a hop of at least %s s"
              .formatted(LONGEST_WINDOW_SECONDS, SHORTEST_HOP_SECONDS));
    }
    try {
      return new Timeline(window, hop);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("window, hop: " + e.getMessage());
    }
  }

  private static double seconds(Context context, String name, double usual) {
    String value = context.queryParam(name);
    if (value == null) {
      return usual;
    }
    if (!value.matches("\\d{1,3}(\\.\\d{1,6})?")) {
      throw ProblemException.badRequest(
          "%s: expected a number of seconds, found %s".formatted(name, Answers.shown(value)));
    }
    return Double.parseDouble(value);
  }

  PcmDecoder decoder() {
    return PcmDecoder.of(format, rateHz, channels);
  }
}
