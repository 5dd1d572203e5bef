package dev.serenade.examples.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmotionServiceTest {

  private static final String BOUNDARY = "part-of-the-test";

  private ConfigurableApplicationContext application;

  @BeforeAll
  void start() {
    application = SpringApplication.run(EmotionService.class, "--server.port=0");
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @Test
  void aClipIsHeard() throws Exception {
    HttpResponse<String> answer = post(Files.readAllBytes(Path.of("samples/sad-09b03Ta.flac")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"emotion\":\"sad\"", "\"confidence\":0.9", "\"scores\":{");
  }

  @Test
  void whatIsNoRecordingIsRefused() throws Exception {
    HttpResponse<String> answer = post("no sound".getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"title\":\"not-audio\"", "the recording: ");
  }

  private HttpResponse<String> post(byte[] recording) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String disposition = "Content-Disposition: form-data; name=\"file\"; filename=\"clip\"";
    body.writeBytes("--%s\r\n%s\r\n\r\n".formatted(BOUNDARY, disposition).getBytes(UTF_8));
    body.writeBytes(recording);
    body.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/emotion"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
