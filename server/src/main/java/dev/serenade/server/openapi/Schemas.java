package dev.serenade.server.openapi;

import static dev.serenade.server.openapi.Schema.count;
import static dev.serenade.server.openapi.Schema.described;
import static dev.serenade.server.openapi.Schema.flag;
import static dev.serenade.server.openapi.Schema.listOf;
import static dev.serenade.server.openapi.Schema.mapOf;
import static dev.serenade.server.openapi.Schema.number;
import static dev.serenade.server.openapi.Schema.oneOf;
import static dev.serenade.server.openapi.Schema.ref;
import static dev.serenade.server.openapi.Schema.text;

import com.google.gson.JsonObject;
import dev.serenade.server.openapi.Schema.Members;

/** What the API's JSON looks like. */
final class Schemas {

  private Schemas() {}

  static JsonObject all() {
    JsonObject all = new JsonObject();
    all.add("Problem", problem());
    all.add("Scores", described(mapOf(number(0, 1)), "A probability for each emotion."));
    all.add("Segment", segment());
    all.add("Gap", gap());
    all.add("Attention", attention());
    all.add("Occlusion", occlusion());
    all.add("Analysis", analysis());
    all.add("AnalysisResource", resource());
    all.add("AnalysisPage", page());
    all.add("Progress", progress());
    all.add("Correction", correction(true));
    all.add("CorrectionRequest", correction(false));
    all.add("CorrectionCount", corrections());
    all.add("Embedding", embedding());
    all.add("Model", model());
    all.add("Server", server());
    all.add("Health", new Members().always("status", oneOf("up", "down")).schema());
    return all;
  }

  private static JsonObject problem() {
    return described(
        new Members()
            .always("type", text())
            .always("title", text())
            .always("status", Schema.whole(400, 599))
            .always("detail", described(text(), "One line for users."))
            .always("code", described(text(), "Its name, which never changes."))
            .schema(),
        "What went wrong (RFC 9457).");
  }

  private static Members scored(Members members) {
    return members
        .always("emotion", described(text(), "The likeliest."))
        .always("confidence", described(number(0, 1), "Its probability."))
        .always("abstained", described(flag(), "Whether the scores are no answer."))
        .always("scores", ref("Scores"));
  }

  private static JsonObject segment() {
    return scored(new Members().always("startSeconds", number()).always("endSeconds", number()))
        .schema();
  }

  private static JsonObject gap() {
    return new Members()
        .always("startSeconds", number())
        .always("endSeconds", number())
        .always("message", text())
        .schema();
  }

  private static JsonObject attention() {
    return described(
        new Members()
            .always("frameSeconds", number())
            .always("weights", listOf(number()))
            .always("uniformity", number())
            .always("agreement", described(number(), "With occlusion, Kendall's tau."))
            .always("explains", described(flag(), "Whether it says anything."))
            .schema(),
        "How much each frame counted.");
  }

  private static JsonObject occlusion() {
    return described(
        new Members()
            .always("emotion", text())
            .always("stepSeconds", number())
            .always("stretchSeconds", number())
            .always("changes", listOf(number()))
            .always("logOddsChanges", listOf(number()))
            .schema(),
        "What silence in place of a stretch takes from the score.");
  }

  private static JsonObject analysis() {
    return scored(
            new Members()
                .sometimes("id", described(text(), "Under which it is kept, if it is."))
                .always("file", text())
                .sometimes("channel", Schema.whole(1, 999))
                .sometimes("timeline", listOf(ref("Segment")))
                .always("durationSeconds", number()))
        .sometimes("set", described(listOf(text()), "All emotions that may be right."))
        .sometimes("gaps", described(listOf(ref("Gap")), "What could not be decoded."))
        .sometimes("attention", ref("Attention"))
        .sometimes("occlusion", ref("Occlusion"))
        .schema();
  }

  private static JsonObject resource() {
    return new Members()
        .always("id", text())
        .always("file", text())
        .always("status", oneOf("queued", "running", "done", "failed"))
        .always("createdAt", text("date-time"))
        .sometimes("progress", ref("Progress"))
        .sometimes("result", ref("Analysis"))
        .sometimes("error", ref("Problem"))
        .sometimes("correction", ref("Correction"))
        .always("hasAudio", flag())
        .schema();
  }

  private static JsonObject progress() {
    return new Members()
        .always("heardSeconds", number())
        .sometimes("statedSeconds", described(number(), "As the recording says of itself."))
        .schema();
  }

  private static JsonObject page() {
    return new Members()
        .always("analyses", listOf(ref("AnalysisResource")))
        .sometimes("next", described(text(), "The cursor of the next page; none at the end."))
        .schema();
  }

  private static JsonObject correction(boolean kept) {
    JsonObject speaker = text();
    speaker.addProperty("maxLength", 100);
    Members members =
        new Members()
            .always("emotion", described(text(), "One of the model's."))
            .sometimes("speaker", speaker);
    return kept ? members.always("correctedAt", text("date-time")).schema() : members.schema();
  }

  private static JsonObject corrections() {
    return new Members().always("count", count()).always("byEmotion", mapOf(count())).schema();
  }

  private static JsonObject embedding() {
    return new Members()
        .always("file", text())
        .always("durationSeconds", number())
        .always("dimensions", count())
        .always("embedding", listOf(number()))
        .schema();
  }

  private static JsonObject model() {
    return new Members()
        .always("name", text())
        .always("labels", listOf(text()))
        .always("default", flag())
        .always("encoder", text())
        .always("layer", text())
        .always("window", oneOf("adaptive", "memory", "padded"))
        .sometimes(
            "heldOut",
            described(
                new Members().always("clips", count()).always("speakers", count()).schema(),
                "On what its confidence was measured."))
        .always("licences", listOf(text()))
        .schema();
  }

  private static JsonObject server() {
    return new Members()
        .always("version", text())
        .always(
            "model", new Members().always("name", text()).always("labels", listOf(text())).schema())
        .always(
            "limits",
            new Members()
                .always("uploadBytes", count())
                .always("seconds", number())
                .always("syncSeconds", count())
                .schema())
        .always("history", flag())
        .sometimes("retentionDays", count())
        .always("authentication", flag())
        .schema();
  }
}
