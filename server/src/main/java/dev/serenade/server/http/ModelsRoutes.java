package dev.serenade.server.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.openapi.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import java.util.List;

/** What a server is, and which model it has. */
public final class ModelsRoutes implements Routes {

  private final ModelDescription model;
  private final ServerSettings settings;

  /** Prepares the routes. */
  public ModelsRoutes(ModelDescription model, ServerSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Operation.of("listModels", "Tells which models there are.")
        .answerOfList(200, "The models.", "models", "Model")
        .at(routes, HandlerType.GET, "/v1/models", context -> Answers.json(context, models()));
    Operation.of("getServer", "Tells what the server is, and its limits.")
        .answer(200, "What it is.", "Server")
        .at(routes, HandlerType.GET, "/v1/server", context -> Answers.json(context, server()));
  }

  private JsonObject models() {
    JsonArray models = new JsonArray();
    models.add(model());
    JsonObject json = new JsonObject();
    json.add("models", models);
    return json;
  }

  private JsonObject model() {
    JsonObject json = name();
    json.addProperty("default", true);
    json.addProperty("encoder", model.encoder().name());
    json.addProperty("layer", model.head().fusion().text());
    json.addProperty("window", model.window().mode().name().toLowerCase(java.util.Locale.ROOT));
    model
        .heldOut()
        .ifPresent(
            known -> {
              JsonObject heldOut = new JsonObject();
              heldOut.addProperty("clips", known.clips());
              heldOut.addProperty("speakers", known.speakers());
              json.add("heldOut", heldOut);
            });
    json.add("licences", array(model.licences()));
    return json;
  }

  private JsonObject name() {
    JsonObject json = new JsonObject();
    json.addProperty("name", settings.modelName());
    json.add("labels", array(model.labels()));
    return json;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private JsonObject server() {
    JsonObject limits = new JsonObject();
    limits.addProperty("uploadBytes", settings.limits().uploadBytes());
    limits.addProperty("seconds", settings.limits().seconds());
    limits.addProperty("syncSeconds", settings.limits().syncSeconds());
    JsonObject json = new JsonObject();
    json.addProperty("version", settings.version());
    json.add("model", name());
    json.add("limits", limits);
    json.addProperty("history", settings.history().isPresent());
    settings
        .history()
        .ifPresent(history -> json.addProperty("retentionDays", history.retentionDays()));
    json.addProperty("authentication", settings.keys().areNeeded());
    return json;
  }
}
