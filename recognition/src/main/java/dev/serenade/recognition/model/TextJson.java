package dev.serenade.recognition.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.text.TextDescription;
import java.util.Optional;

/** The member {@code text} of {@code model.json}. */
final class TextJson {

  /** The first format version of model files that holds it. */
  static final int FORMAT_VERSION = 5;

  private static final String LANGUAGE = "language";

  private TextJson() {}

  static TextDescription parse(JsonObject json) {
    JsonObject decoder = ModelJson.member(json, "decoder").getAsJsonObject();
    return new TextDescription(
        ModelJson.member(decoder, "name").getAsString(),
        ModelJson.member(decoder, "sha256").getAsString(),
        Optional.ofNullable(json.get(LANGUAGE)).map(JsonElement::getAsString),
        HeadSpec.fromJson(
            ModelJson.member(json, "head").getAsJsonObject(),
            new SingleLayer(ModelJson.member(json, "layer").getAsInt())),
        ModelJson.member(json, "temperature").getAsDouble(),
        ModelJson.member(json, "audioWeight").getAsDouble());
  }

  static JsonObject write(TextDescription text) {
    JsonObject decoder = new JsonObject();
    decoder.addProperty("name", text.decoder());
    decoder.addProperty("sha256", text.sha256());
    JsonObject json = new JsonObject();
    json.add("decoder", decoder);
    text.language().ifPresent(language -> json.addProperty(LANGUAGE, language));
    json.addProperty("layer", text.head().fusion().highest());
    json.add("head", text.head().toJson());
    json.addProperty("temperature", text.temperature());
    json.addProperty("audioWeight", text.audioWeight());
    return json;
  }
}
