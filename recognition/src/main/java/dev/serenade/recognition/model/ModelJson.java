package dev.serenade.recognition.model;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code model.json}: a description and the hashes of the files beside it.
 *
 * @param description what the file says of its model
 * @param hashes SHA-256 of each other file of the zip, in hexadecimal
 */
record ModelJson(ModelDescription description, Map<String, String> hashes) {

  private static final int FIRST_VERSION = 1;

  /** The highest that is read; a file is written in the lowest that can hold its model. */
  private static final int LAST_VERSION = TextJson.FORMAT_VERSION;

  private static final String HELD_OUT = "heldOut";
  private static final String TEXT = "text";

  ModelJson {
    // In their order, so that the same model gives the same file.
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  static ModelJson parse(String text, String file) throws ModelFormatException {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      int version = member(json, "formatVersion").getAsInt();
      if (version < FIRST_VERSION || version > LAST_VERSION) {
        throw new ModelFormatException(
            "%s: format version %d is not known; this version of Serenade reads versions %d to %d"
                .formatted(file, version, FIRST_VERSION, LAST_VERSION));
      }
      return parse(json);
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      throw new ModelFormatException("%s: model.json: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static ModelJson parse(JsonObject json) {
    JsonObject encoder = member(json, "encoder").getAsJsonObject();
    WhisperConfig config = WhisperConfig.fromJson(member(encoder, "config").getAsJsonObject());
    ModelDescription description =
        new ModelDescription(
            texts(member(json, "labels").getAsJsonArray()),
            new EncoderIdentity(
                member(encoder, "name").getAsString(),
                member(encoder, "sha256").getAsString(),
                config),
            window(member(json, "window").getAsJsonObject()),
            HeadSpec.fromJson(
                member(json, "head").getAsJsonObject(),
                layers(member(json, "layer").getAsJsonPrimitive(), config.blocks())),
            member(json, "temperature").getAsDouble(),
            textsByName(member(json, "provenance").getAsJsonObject()),
            texts(member(json, "licences").getAsJsonArray()),
            Optional.ofNullable(json.get(HELD_OUT))
                .map(member -> HeldOutJson.parse(member.getAsJsonObject())),
            Optional.ofNullable(json.get(TEXT))
                .map(member -> TextJson.parse(member.getAsJsonObject())));
    return new ModelJson(description, textsByName(member(json, "files").getAsJsonObject()));
  }

  private static LayerFusion layers(JsonPrimitive json, int blocks) {
    return json.isNumber()
        ? new SingleLayer(json.getAsInt())
        : LayerFusion.parse(json.getAsString(), blocks);
  }

  private static JsonPrimitive json(LayerFusion fusion) {
    return fusion instanceof SingleLayer single
        ? new JsonPrimitive(single.layer())
        : new JsonPrimitive(fusion.text());
  }

  private static Window window(JsonObject json) {
    String mode = member(json, "mode").getAsString();
    return new Window(
        Window.Mode.valueOf(mode.toUpperCase(Locale.ROOT)), member(json, "gridFrames").getAsInt());
  }

  String write() {
    JsonObject encoder = new JsonObject();
    encoder.addProperty("name", description.encoder().name());
    encoder.addProperty("sha256", description.encoder().sha256());
    encoder.add("config", description.encoder().config().toJson());
    JsonObject window = new JsonObject();
    window.addProperty("mode", description.window().mode().name().toLowerCase(Locale.ROOT));
    window.addProperty("gridFrames", description.window().gridFrames());
    JsonObject json = new JsonObject();
    LayerFusion fusion = description.head().fusion();
    json.addProperty("formatVersion", description.formatVersion());
    json.add("labels", array(description.labels()));
    json.add("encoder", encoder);
    json.add("window", window);
    json.add("layer", json(fusion));
    json.add("head", description.head().toJson());
    json.addProperty("temperature", description.temperature());
    json.add("provenance", object(description.provenance()));
    json.add("licences", array(description.licences()));
    // A reader that does not know it passes over it, so it needs no version of its own.
    description.heldOut().ifPresent(heldOut -> json.add(HELD_OUT, HeldOutJson.write(heldOut)));
    description.text().ifPresent(text -> json.add(TEXT, TextJson.write(text)));
    json.add("files", object(hashes));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  static JsonElement member(JsonObject json, String name) {
    JsonElement member = json.get(name);
    if (member == null) {
      throw new IllegalArgumentException("expected a member %s, found none".formatted(name));
    }
    return member;
  }

  private static List<String> texts(JsonArray array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.getAsString()));
    return texts;
  }

  private static Map<String, String> textsByName(JsonObject object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.entrySet().forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
    return texts;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static JsonObject object(Map<String, String> texts) {
    JsonObject object = new JsonObject();
    texts.forEach(object::addProperty);
    return object;
  }
}
