package dev.serenade.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.TestClient;
import dev.serenade.server.TestSounds;
import dev.serenade.server.http.ApiKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  private static final String KEY = ApiKeys.generate();

  private static EmotionRecognizer recognizer;
  private static Server server;
  private static TestClient client;
  private static JsonObject document;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    recognizer = EmotionRecognizer.loadDefault();
    server = Server.start(recognizer, ServerSettings.DEFAULT.at("127.0.0.1", 0));
    client = new TestClient(server.port());
    document = client.get("/openapi.json").json();
  }

  @AfterAll
  static void stop() {
    server.close();
    recognizer.close();
  }

  @Test
  void allRoutesOfTheApiAreDescribed() {
    TreeSet<String> described = new TreeSet<>();
    document
        .getAsJsonObject("paths")
        .asMap()
        .forEach(
            (path, operations) ->
                operations
                    .getAsJsonObject()
                    .keySet()
                    .forEach(
                        method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

    TreeSet<String> registered = new TreeSet<>(server.routes());
    registered.removeIf(route -> !route.matches("(GET|POST|PUT|DELETE) /(v1|health|metrics).*"));

    assertThat(described).isEqualTo(registered).hasSizeGreaterThan(12);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    JsonObject schemas = document.getAsJsonObject("components").getAsJsonObject("schemas");
    List<String> references = new ArrayList<>();
    collect(document, references);

    assertThat(references).isNotEmpty();
    assertThat(references)
        .allMatch(reference -> schemas.has(reference.substring("#/components/schemas/".length())));
    assertThat(schemas.keySet())
        .allMatch(name -> references.contains("#/components/schemas/" + name));
  }

  private static void collect(JsonElement json, List<String> references) {
    if (json.isJsonObject()) {
      for (Map.Entry<String, JsonElement> member : json.getAsJsonObject().entrySet()) {
        if (member.getKey().equals("$ref")) {
          references.add(member.getValue().getAsString());
        }
        collect(member.getValue(), references);
      }
    } else if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(item -> collect(item, references));
    }
  }

  @Test
  void anAnswerHasNoMemberThatIsNotDescribed() throws Exception {
    JsonObject answer =
        client
            .post(
                "/v1/analyses?timeline=true&explain=true&set=0.9",
                TestSounds.bytes("angry-09b10Wa.flac"))
            .json();

    JsonObject schema = schema("Analysis");
    assertThat(schema.getAsJsonObject("properties").keySet()).containsAll(answer.keySet());
    Stream<String> required =
        schema.getAsJsonArray("required").asList().stream().map(JsonElement::getAsString);
    assertThat(answer.keySet()).containsAll(required.toList());
    for (String part : List.of("Attention", "Occlusion")) {
      assertThat(answer.getAsJsonObject(part.toLowerCase(Locale.ROOT)).keySet())
          .isEqualTo(schema(part).getAsJsonObject("properties").keySet());
    }
    assertThat(answer.getAsJsonArray("timeline").get(0).getAsJsonObject().keySet())
        .isEqualTo(schema("Segment").getAsJsonObject("properties").keySet());
  }

  private static JsonObject schema(String name) {
    return document.getAsJsonObject("components").getAsJsonObject("schemas").getAsJsonObject(name);
  }

  @Test
  void whereAKeyIsNeededTheDocumentSaysSo() throws Exception {
    assertThat(document.has("security")).isFalse();
    ServerSettings settings =
        ServerSettings.DEFAULT
            .at("127.0.0.1", 0)
            .withAccess(ApiKeys.ofHashes(List.of(ApiKeys.hash(KEY))), List.of());
    try (Server locked = Server.start(recognizer, settings)) {
      JsonObject other = new TestClient(locked.port()).get("/openapi.json").json();

      assertThat(other.has("security")).isTrue();
      JsonObject paths = other.getAsJsonObject("paths");
      assertThat(responses(paths, "/v1/models")).contains("401");
      assertThat(responses(paths, "/health/live")).doesNotContain("401");
    }
  }

  private static Iterable<String> responses(JsonObject paths, String path) {
    return paths.getAsJsonObject(path).getAsJsonObject("get").getAsJsonObject("responses").keySet();
  }

  @Test
  void theViewerComesFromThisServerAlone() throws Exception {
    String page = client.get("/docs").text();

    assertThat(page).contains("/docs/swagger-ui-bundle.js").doesNotContain("http:", "https:");
    assertThat(client.get("/docs/swagger-ui-bundle.js").status()).isEqualTo(200);
    assertThat(client.get("/docs/swagger-ui.css").header("Content-Type")).startsWith("text/css");
    assertThat(client.get("/docs/viewer.html").status()).isEqualTo(404);
    assertThat(client.get("/docs/..%2fviewer.html").status()).isIn(400, 404);
  }
}
