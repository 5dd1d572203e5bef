package dev.serenade.server.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.analysis.Decimals;
import dev.serenade.recognition.FloatVector;
import dev.serenade.recognition.Recognition;
import dev.serenade.server.openapi.Operation;
import dev.serenade.server.work.Admission;
import dev.serenade.server.work.AnalysisService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** The vector that the classifier saw: for search, clustering and classifiers of one's own. */
public final class EmbeddingsRoutes implements Routes {

  private final AnalysisService service;
  private final UploadReader uploads;
  private final Admission admission;

  /** Prepares the route. */
  public EmbeddingsRoutes(AnalysisService service, UploadReader uploads, Admission admission) {
    this.service = service;
    this.uploads = uploads;
    this.admission = admission;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Operation.of("embed", "Gives the vector that the classifier saw, of a short recording.")
        .text("name", "What the recording is called, for a raw body.")
        .whole("channel", "Hear this channel only, counted from 1 (default: the mean).", 1, 999)
        .recording()
        .answer(200, "The vector.", "Embedding")
        .problems(400, 408, 413, 415, 422, 429, 500, 503, 504, 507)
        .at(routes, HandlerType.POST, "/v1/embeddings", this::create);
  }

  private void create(Context context) throws InterruptedException {
    Admission.Ticket ticket = admission.enter();
    try {
      UploadReader.Received received = uploads.read(context);
      AnalysisOptions options;
      try {
        options = AnalysisOptions.of(context, received.fields());
        if (options.timeline().isPresent() || options.explain() || options.async()) {
          throw ProblemException.badRequest("expected no option of an analysis but channel");
        }
      } catch (ProblemException e) {
        UploadReader.discard(received.recording());
        throw e;
      }
      String name = received.recording().name();
      Recognition heard = service.recognize(received.recording(), options);
      JsonObject json = new JsonObject();
      json.addProperty("file", name);
      json.addProperty("durationSeconds", Decimals.seconds(heard.durationSeconds()));
      json.addProperty("dimensions", heard.embedding().length());
      json.add("embedding", array(heard.embedding()));
      Answers.json(context, json);
    } finally {
      ticket.close();
    }
  }

  private static JsonArray array(FloatVector vector) {
    JsonArray array = new JsonArray(vector.length());
    for (int i = 0; i < vector.length(); i++) {
      array.add(vector.get(i));
    }
    return array;
  }
}
