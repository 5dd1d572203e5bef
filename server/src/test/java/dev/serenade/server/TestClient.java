package dev.serenade.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Talks to a server as any program would. */
public final class TestClient {

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  /** Makes a client of the server at a port of this machine. */
  public TestClient(int port) {
    this.port = port;
  }

  /** An answer: its status, its headers and what it says. */
  public record Answer(HttpResponse<String> response) {

    /** Returns the status of HTTP. */
    public int status() {
      return response.statusCode();
    }

    /** Returns a header; empty if it is missing. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Returns the text. */
    public String text() {
      return response.body();
    }

    /** Returns the JSON. */
    public JsonObject json() {
      return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** Returns the code of a problem. */
    public String code() {
      return json().get("code").getAsString();
    }

    /** Asserts that it is a problem of this status and code, and tells nothing of our insides. */
    public void assertProblem(int status, String code) {
      assertThat(status()).as(text()).isEqualTo(status);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(code()).isEqualTo(code);
      assertThat(json().get("type").getAsString()).endsWith(code);
      assertThat(text()).doesNotContain("Exception", "serenade-uploads", ".java");
    }
  }

  /** Begins a request. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofMinutes(2));
  }

  /** Sends a request. */
  public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Answer(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  /** Gets something. */
  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** Deletes something. */
  public Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /** Posts a raw body. */
  public Answer post(String path, byte[] body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)));
  }

  /** Posts a form with part {@code file} and other fields. */
  public Answer postForm(String path, String fileName, byte[] file, Map<String, String> fields)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      body.writeBytes(
          "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(field.getKey(), field.getValue())
              .getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(fileName)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(file);
    body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
    BodyPublisher publisher = BodyPublishers.ofByteArray(body.toByteArray());
    return send(
        request(path).header("Content-Type", "multipart/form-data; boundary=b").POST(publisher));
  }
}
