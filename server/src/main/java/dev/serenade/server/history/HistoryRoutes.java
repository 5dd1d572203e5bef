package dev.serenade.server.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.server.http.Answers;
import dev.serenade.server.http.ProblemException;
import dev.serenade.server.http.Routes;
import dev.serenade.server.openapi.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Corrections of kept analyses, and their recordings. */
public final class HistoryRoutes implements Routes {

  private static final String ANALYSIS = "/v1/analyses/{id}";
  private static final String CORRECTION = ANALYSIS + "/correction";
  private static final String ITS_NAME = "The name of the analysis.";
  private static final int LARGEST_BODY = 10_000;
  private static final int LONGEST_SPEAKER = 100;
  private static final Set<String> MEMBERS = Set.of("emotion", "speaker");

  private final Optional<History> history;
  private final List<String> labels;

  /**
   * Prepares the routes.
   *
   * @param history empty if nothing is kept: then all that is asked for is not found
   * @param labels of the model, which a correction must name one of
   */
  public HistoryRoutes(Optional<History> history, List<String> labels) {
    this.history = history;
    this.labels = List.copyOf(labels);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Operation.of("getAudio", "Gives the recording of an analysis that is kept.")
        .path("id", ITS_NAME)
        .answerOf(200, "Its bytes, as they were sent.", "audio/*")
        .answerOf(206, "The bytes that a Range header asked for.", "audio/*")
        .problems(404, 416, 503)
        .at(routes, HandlerType.GET, ANALYSIS + "/audio", this::audio);
    Operation.of("correct", "Says which emotion it really is.")
        .path("id", ITS_NAME)
        .body("CorrectionRequest")
        .answer(200, "The analysis, corrected.", "AnalysisResource")
        .problems(400, 404, 413, 503)
        .at(routes, HandlerType.PUT, CORRECTION, this::correct);
    Operation.of("uncorrect", "Takes a correction back.")
        .path("id", ITS_NAME)
        .answer(204, "It is taken back.")
        .problems(404, 503)
        .at(routes, HandlerType.DELETE, CORRECTION, this::uncorrect);
    Operation.of("countCorrections", "Tells how much was corrected.")
        .answer(200, "How much.", "CorrectionCount")
        .problems(404, 503)
        .at(routes, HandlerType.GET, "/v1/corrections", this::count);
    Operation.of("exportCorrections", "Gives what was corrected, with its recordings.")
        .description("A zip of `corrections.csv`, for `serenade train --manifest`, and clips.")
        .answerOf(200, "The archive.", "application/zip")
        .problems(404, 503)
        .at(routes, HandlerType.GET, "/v1/corrections.zip", this::export);
  }

  private History history() {
    return history.orElseThrow(
        () -> new ProblemException(404, "no-history", "this server keeps no history"));
  }

  private static ProblemException notKept(String id) {
    return ProblemException.notFound("no kept analysis " + Answers.shown(id));
  }

  private void correct(Context context) {
    History kept = history();
    String id = context.pathParam("id");
    Correction correction = correction(body(context));
    KeptAnalysis corrected =
        HistoryArchive.ask(() -> kept.correct(id, correction)).orElseThrow(() -> notKept(id));
    Answers.json(context, KeptJson.of(corrected));
  }

  private static JsonObject body(Context context) {
    try {
      byte[] body = context.req().getInputStream().readNBytes(LARGEST_BODY + 1);
      if (body.length > LARGEST_BODY) {
        throw new ProblemException(
            413,
            "too-large",
            "a correction has %d bytes at most, found more".formatted(LARGEST_BODY));
      }
      return JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw ProblemException.badRequest(
          "expected a JSON object such as {\"emotion\": \"sad\"}, found something else");
    } catch (IOException e) {
      throw ProblemException.badRequest("the body ended before it was complete");
    }
  }

  private Correction correction(JsonObject json) {
    for (String member : json.keySet()) {
      if (!MEMBERS.contains(member)) {
        throw ProblemException.badRequest(
            "expected emotion and speaker, found " + Answers.shown(member));
      }
    }
    String emotion =
        text(json, "emotion")
            .orElseThrow(
                () ->
                    ProblemException.badRequest(
                        "emotion: expected one of %s, found none"
                            .formatted(String.join(", ", labels))));
    if (!labels.contains(emotion)) {
      throw ProblemException.badRequest(
          "emotion: expected one of %s, found %s"
              .formatted(String.join(", ", labels), Answers.shown(emotion)));
    }
    return new Correction(emotion, speaker(json), Instant.now());
  }

  private static Optional<String> speaker(JsonObject json) {
    Optional<String> speaker = text(json, "speaker").map(String::strip);
    if (speaker.isEmpty() || speaker.get().isEmpty()) {
      return Optional.empty();
    }
    String name = speaker.get();
    if (name.length() > LONGEST_SPEAKER
        || name.codePoints().anyMatch(HistoryRoutes::isUnprintable)) {
      throw ProblemException.badRequest(
          "speaker: expected at most %d printable characters, found %s"
              .formatted(LONGEST_SPEAKER, Answers.shown(name)));
    }
    return speaker;
  }

  private static boolean isUnprintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static Optional<String> text(JsonObject json, String member) {
    JsonElement value = json.get(member);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw ProblemException.badRequest(
          "%s: expected text, found %s".formatted(member, Answers.shown(value.toString())));
    }
    return Optional.of(value.getAsString());
  }

  private void uncorrect(Context context) {
    History kept = history();
    String id = context.pathParam("id");
    if (!HistoryArchive.ask(() -> kept.uncorrect(id))) {
      throw ProblemException.notFound("no correction of an analysis " + Answers.shown(id));
    }
    context.status(204);
  }

  private void count(Context context) {
    History kept = history();
    Map<String, Integer> counts = HistoryArchive.ask(kept::countCorrections);
    JsonObject byEmotion = new JsonObject();
    counts.forEach(byEmotion::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("count", counts.values().stream().mapToInt(Integer::intValue).sum());
    json.add("byEmotion", byEmotion);
    Answers.json(context, json);
  }

  private void export(Context context) throws IOException {
    History kept = history();
    // What is wrong with the history is told as a problem only before the first byte.
    HistoryArchive.ask(kept::countCorrections);
    context.contentType("application/zip");
    context.header("Content-Disposition", "attachment; filename=\"corrections.zip\"");
    CorrectionExport.toZip(kept, context.outputStream());
  }

  private void audio(Context context) throws IOException {
    History kept = history();
    String id = context.pathParam("id");
    KeptAudio audio =
        HistoryArchive.ask(() -> kept.audio(id))
            .orElseThrow(() -> ProblemException.notFound("no recording of " + Answers.shown(id)));
    long size = audio.size();
    context.header("Accept-Ranges", "bytes");
    Optional<ByteRange> asked =
        Optional.ofNullable(context.header("Range")).flatMap(range -> ByteRange.of(range, size));
    ByteRange range = asked.orElse(new ByteRange(0, size));
    if (range.length() == 0 && asked.isPresent()) {
      context.header("Content-Range", "bytes */" + size);
      throw new ProblemException(
          416, "no-such-range", "the recording has %d bytes".formatted(size));
    }
    if (asked.isPresent()) {
      context.status(206);
      context.header(
          "Content-Range",
          "bytes %d-%d/%d".formatted(range.first(), range.first() + range.length() - 1, size));
    }
    InputStream bytes = new LimitedStream(audio.open(range.first()), range.length());
    context.contentType(audio.container().mediaType());
    context.header("Content-Disposition", "inline");
    context.header("Content-Length", String.valueOf(range.length()));
    context.result(bytes);
  }
}
