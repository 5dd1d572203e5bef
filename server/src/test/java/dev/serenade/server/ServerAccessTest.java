package dev.serenade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.server.TestClient.Answer;
import dev.serenade.server.http.ApiKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use a server. */
class ServerAccessTest extends RunningServer {

  @Test
  void otherPagesMayNotUseItUnlessTheyAreNamed() throws Exception {
    Answer strict = client.send(client.request("/v1/models").header("Origin", "https://a.example"));
    assertThat(strict.header("Access-Control-Allow-Origin")).isEmpty();

    try (Server open =
        Server.start(
            recognizer, settings().withAccess(ApiKeys.none(), List.of("https://a.example")))) {
      TestClient other = new TestClient(open.port());
      Answer allowed =
          other.send(other.request("/v1/models").header("Origin", "https://a.example"));
      assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
    }
  }

  @Test
  void withKeysOnlyThoseWhoHaveOneMayUseIt() throws Exception {
    String key = ApiKeys.generate();
    ApiKeys keys = ApiKeys.ofHashes(List.of(ApiKeys.hash("another"), ApiKeys.hash(key)));
    try (Server locked = Server.start(recognizer, settings().withAccess(keys, List.of()))) {
      TestClient other = new TestClient(locked.port());

      other.get("/v1/models").assertProblem(401, "unauthorized");
      other.post(ANALYSES, TestSounds.bytes(ANGRY)).assertProblem(401, "unauthorized");
      Answer wrong = other.send(other.request("/v1/models").header("Authorization", "Bearer nope"));
      wrong.assertProblem(401, "unauthorized");
      Answer bearer =
          other.send(other.request("/v1/models").header("Authorization", "Bearer " + key));
      assertThat(bearer.status()).isEqualTo(200);
      Answer plain = other.send(other.request("/v1/models").header("X-API-Key", key));
      assertThat(plain.status()).isEqualTo(200);
      assertThat(other.get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void aKeyIsKnownByItsHashOnly() {
    assertThat(ApiKeys.hash("serenade"))
        .isEqualTo("ccc55dcbfdee714661388f3b8637804c457fa9d4d991c2418ffc844c70a9369e");
    assertThatThrownBy(() -> ApiKeys.ofHashes(List.of("secret")))
        .hasMessage("expected the hash of a key, 64 hexadecimal digits, found secret");
  }
}
