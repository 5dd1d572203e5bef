package dev.serenade.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * 64 clients that post clips of 3 s without a pause: none may fail but by the documented 429.
 * {@code -Dserenade.load.seconds=60} goes on for longer, and then memory must be flat.
 */
class LoadTest {

  private static final int CLIENTS = 64;
  private static final int SECONDS = Integer.getInteger("serenade.load.seconds", 8);

  /** Where memory has settled; before that, thread pools and caches fill. */
  private static final int LONG_ENOUGH_FOR_MEMORY = 40;

  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

  @Test
  void manyClientsAreAllAnswered() throws Exception {
    byte[] clip = Sounds.wav("angry-12a05Wb.flac", 3);
    List<Double> megabytes = new ArrayList<>();
    double elapsedSeconds;
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault();
        Server server = Server.start(recognizer, ServerSettings.DEFAULT.at("127.0.0.1", 0))) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + "/v1/analyses");
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      long start = System.nanoTime();
      long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
      List<Future<Void>> working = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        working.add(clients.submit(post(address, clip, end)));
      }
      while (System.nanoTime() < end) {
        Thread.sleep(1000);
        megabytes.add(residentMegabytes());
      }
      for (Future<Void> client : working) {
        client.get();
      }
      clients.shutdown();
      elapsedSeconds = (System.nanoTime() - start) / 1e9;
    }
    System.out.printf(
        "load: %d clients for %.1f s: %s, %.1f clips a second; resident MB %s%n",
        CLIENTS,
        elapsedSeconds,
        statuses,
        statuses.getOrDefault(200, 0) / elapsedSeconds,
        megabytes);
    assertThat(statuses.keySet()).contains(200).isSubsetOf(200, 429);
    if (SECONDS >= LONG_ENOUGH_FOR_MEMORY) {
      double settled = megabytes.get(megabytes.size() / 2);
      assertThat(megabytes.get(megabytes.size() - 1)).isLessThan(1.1 * settled);
    }
  }

  private Callable<Void> post(URI address, byte[] clip, long end) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(90))
            .POST(BodyPublishers.ofByteArray(clip))
            .build();
    return () -> {
      while (System.nanoTime() < end) {
        int status = http.send(request, BodyHandlers.ofString()).statusCode();
        statuses.merge(status, 1, Integer::sum);
      }
      return null;
    };
  }

  private static double residentMegabytes() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .map(Math::rint)
        .findFirst()
        .orElse(0);
  }
}
