package dev.serenade.cli.models;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.hub.StoredEncoder;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperConfig;
import java.io.IOException;
import java.util.Locale;

/** What is known of an encoder or a model, as JSON whose members are named as people read them. */
final class ModelFacts {

  private ModelFacts() {}

  /** Describes an encoder; if it cannot be read, the member {@code problem} says why. */
  static JsonObject of(StoredEncoder encoder, EncoderLocator locator) {
    JsonObject json = new JsonObject();
    json.addProperty("name", encoder.name());
    json.addProperty("path", encoder.path().toString());
    json.addProperty("sizeBytes", encoder.sizeBytes());
    try (EncoderWeights weights = locator.open(encoder.path().toString())) {
      add(weights.config(), json);
      if (EncoderWeights.isAdapter(encoder.path())) {
        json.addProperty("adapts", EncoderWeights.baseOf(encoder.path()));
      }
    } catch (IOException e) {
      json.addProperty("problem", e.getMessage());
    }
    encoder
        .record()
        .ifPresent(
            record -> {
              json.addProperty("source", record.model());
              json.addProperty("endpoint", record.endpoint());
              json.addProperty("revision", record.revision());
              json.addProperty("downloaded", record.date().toString());
            });
    return json;
  }

  private static void add(WhisperConfig config, JsonObject json) {
    json.addProperty("blocks", config.blocks());
    json.addProperty("width", config.width());
    json.addProperty("heads", config.heads());
    json.addProperty("melBands", config.melBands());
  }

  private static JsonObject of(TextDescription text) {
    JsonObject json = new JsonObject();
    json.addProperty("decoder", text.decoder());
    json.addProperty("decoderSha256", text.sha256());
    json.addProperty("language", text.language().orElse("found"));
    json.addProperty("layer", text.head().fusion().text());
    json.addProperty("temperature", text.temperature());
    json.addProperty("audioWeight", text.audioWeight());
    return json;
  }

  /** Describes a model file. */
  static JsonObject of(String name, ModelDescription model) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    JsonArray labels = new JsonArray();
    model.labels().forEach(labels::add);
    json.add("labels", labels);
    json.addProperty("encoder", model.encoder().name());
    json.addProperty("encoderSha256", model.encoder().sha256());
    add(model.encoder().config(), json);
    json.addProperty("layers", model.head().fusion().text());
    json.addProperty("window", model.window().mode().name().toLowerCase(Locale.ROOT));
    json.addProperty("temperature", model.temperature());
    model.text().ifPresent(text -> json.add("text", of(text)));
    JsonArray licences = new JsonArray();
    model.licences().forEach(licences::add);
    json.add("licences", licences);
    JsonObject provenance = new JsonObject();
    model.provenance().forEach(provenance::addProperty);
    json.add("provenance", provenance);
    return json;
  }
}
