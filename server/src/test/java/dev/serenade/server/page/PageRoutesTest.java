package dev.serenade.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.server.TestClient;
import dev.serenade.server.http.ProblemRoutes;
import dev.serenade.server.http.SecurityHeaders;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageRoutesTest {

  private Javalin server;
  private TestClient client;

  @BeforeAll
  void start() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  new SecurityHeaders().addTo(config.routes);
                  new PageRoutes().addTo(config.routes);
                  new ProblemRoutes(path -> List.of()).addTo(config.routes);
                })
            .start("127.0.0.1", 0);
    client = new TestClient(server.port());
  }

  @AfterAll
  void stop() {
    server.stop();
  }

  @Test
  void thePageAndAllThatItNamesAreThere() throws Exception {
    TestClient.Answer page = client.get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    List<String> named =
        Pattern.compile("(?<=(href|src)=\")[^\"]+")
            .matcher(page.text())
            .results()
            .map(match -> match.group())
            .toList();
    assertThat(named).hasSizeGreaterThan(4).allMatch(path -> path.startsWith("/page/"));
    for (String path : named) {
      assertThat(client.get(path).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void whoAsksForTheHeadGetsThatOfThePage() throws Exception {
    TestClient.Answer whole = client.get("/");
    TestClient.Answer head =
        client.send(client.request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo(whole.header("Content-Type"));
    assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
    assertThat(head.text()).isEmpty();
  }

  @Test
  void eachFileHasItsType() throws Exception {
    assertThat(client.get("/page/js/main.js").header("Content-Type")).startsWith("text/javascript");
    assertThat(client.get("/page/lib/preact.js").header("Content-Type"))
        .startsWith("text/javascript");
    assertThat(client.get("/page/css/page.css").header("Content-Type")).startsWith("text/css");
    assertThat(client.get("/page/messages/fa.json").header("Content-Type"))
        .startsWith("application/json");
    assertThat(client.get("/page/img/serenade.svg").header("Content-Type"))
        .startsWith("image/svg+xml");
  }

  @Test
  void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
    TestClient.Answer first = client.get("/page/js/app.js");
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    TestClient.Answer again =
        client.send(
            client.request("/page/js/app.js").header("If-None-Match", first.header("ETag")));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    TestClient.Answer other =
        client.send(client.request("/page/js/app.js").header("If-None-Match", "\"other\""));
    assertThat(other.text()).isEqualTo(first.text());
  }

  @Test
  void noPathLeadsOutOfThePage() throws Exception {
    for (String path :
        List.of(
            "/page/PageRoutes.class",
            "/page/package-info.class",
            "/page/js/../../http/Problem.class",
            "/page/..%2fServer.class",
            "/page/%2e%2e/Server.class",
            "/page//etc/passwd",
            "/page/%2fetc%2fpasswd",
            "/page/js",
            "/page/js/",
            "/page/js/none.js",
            "/page/messages/fa.json%00.js")) {
      String status = status(path);
      assertThat(status).as(path).matches("40[04]");
    }
  }

  /** Sends a path as it is, which other clients would tidy up. */
  private String status(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      byte[] request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .formatted(path)
              .getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).substring(9, 12);
    }
  }
}
