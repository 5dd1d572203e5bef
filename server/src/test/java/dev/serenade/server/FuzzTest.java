package dev.serenade.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.TestClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged recordings of many formats, posted to a server: it must answer each, and lose nothing by
 * it. {@code -Dserenade.fuzz=1000} posts more; formats beside FLAC and WAV need FFmpeg's command.
 */
class FuzzTest {

  private static final int FILES = Integer.getInteger("serenade.fuzz", 120);
  private static final long SEED = Long.getLong("serenade.fuzz.seed", 7);

  private static final Map<String, List<String>> FORMATS =
      Map.ofEntries(
          Map.entry("mp3", List.of()),
          Map.entry("ogg", List.of("-c:a", "libvorbis")),
          Map.entry("opus", List.of("-c:a", "libopus")),
          Map.entry("m4a", List.of("-c:a", "aac")),
          Map.entry("aac", List.of("-c:a", "aac")),
          Map.entry("webm", List.of("-c:a", "libopus")),
          Map.entry("mkv", List.of("-c:a", "flac")),
          Map.entry("aiff", List.of()),
          Map.entry("au", List.of()),
          Map.entry("caf", List.of()),
          Map.entry("w64", List.of()),
          Map.entry("wma", List.of("-c:a", "wmav2")),
          Map.entry("avi", List.of("-c:a", "pcm_s16le")),
          Map.entry("ts", List.of("-c:a", "mp2")),
          Map.entry("amr", List.of("-ar", "8000", "-c:a", "libopencore_amrnb")),
          Map.entry("wv", List.of("-c:a", "wavpack")));

  @TempDir Path folder;

  @Test
  void damagedRecordingsDoNoHarm() throws Exception {
    List<byte[]> seeds = seeds();
    Random random = new Random(SEED);
    Map<Integer, Integer> statuses = new TreeMap<>();
    ServerLimits limits = ServerLimits.DEFAULT.withRecordings(16 << 20, 120, 60);
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault();
        Server server =
            Server.start(
                recognizer, ServerSettings.DEFAULT.at("127.0.0.1", 0).withLimits(limits))) {
      TestClient client = new TestClient(server.port());
      // Thread pools and caches fill first.
      for (int i = 0; i < 30; i++) {
        client.post("/v1/analyses", mutate(seeds.get(i % seeds.size()), random));
      }
      long filesBefore = openFiles();
      long memoryBefore = residentMegabytes();
      for (int i = 0; i < FILES; i++) {
        byte[] damaged = mutate(seeds.get(random.nextInt(seeds.size())), random);
        long start = System.nanoTime();
        Answer answer = client.post("/v1/analyses?timeline=" + (i % 2 == 0), damaged);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() >= 500) {
          Files.write(Path.of("target", "fuzz-%d-%d".formatted(SEED, i)), damaged);
        }
        assertThat(answer.status())
            .as("file %d of seed %d: %s", i, SEED, answer.text())
            .isIn(200, 202, 413, 415, 422);
        assertThat(seconds).as("file %d of seed %d", i, SEED).isLessThan(30);
      }
      System.out.printf(
          "fuzz: %d files of %d kinds, seed %d: %s; files open %d, then %d; resident %d MB, then %d%n",
          FILES,
          seeds.size(),
          SEED,
          statuses,
          filesBefore,
          openFiles(),
          memoryBefore,
          residentMegabytes());
      assertThat(statuses).containsKeys(200);
      assertThat(openFiles()).isLessThan(filesBefore + 20);
      assertThat(residentMegabytes()).isLessThan(memoryBefore + 400);
    }
  }

  private List<byte[]> seeds() throws IOException, InterruptedException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(TestSounds.bytes("angry-09b10Wa.flac"));
    seeds.add(TestSounds.speech(2));
    for (Map.Entry<String, List<String>> format : new TreeMap<>(FORMATS).entrySet()) {
      Path file = folder.resolve("seed." + format.getKey());
      if (encode(file, format.getValue())) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  private static boolean encode(Path file, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                TestSounds.sample("angry-09b10Wa.flac").toString(),
                "-ac",
                "1"));
    command.addAll(options);
    command.add(file.toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int kind = random.nextInt(5);
    if (kind == 0) {
      return java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }
    // Headers are where harm is done, so every second change is in the first 200 bytes.
    int changes = 1 << random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int range = random.nextBoolean() ? Math.min(200, bytes.length) : bytes.length;
      int position = random.nextInt(range);
      switch (kind) {
        case 1 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[position] = (byte) random.nextInt(256);
        case 3 -> bytes[position] = (byte) (random.nextBoolean() ? 0 : 255);
        default -> {
          int length = Math.min(bytes.length - position, 1 + random.nextInt(64));
          System.arraycopy(
              bytes, random.nextInt(bytes.length - length + 1), bytes, position, length);
        }
      }
    }
    return bytes;
  }

  private static long openFiles() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.isDirectory(open)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(open)) {
      return files.count();
    }
  }

  private static long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
