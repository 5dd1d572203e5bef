package dev.serenade.spark;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.RecognitionStream;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Recordings for tests, good and bad, and what is heard in them without Spark. */
final class Samples {

  /** What a recording without scores has for its emotion in these tests. */
  static final String ERROR = "error";

  private Samples() {}

  static List<Path> clips() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("serenade.root"), "samples"))) {
      return files.filter(file -> file.toString().endsWith(".flac")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills a folder with copies of the clips. */
  static void copies(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<Path> clips = clips();
    for (int i = 0; i < count; i++) {
      Files.copy(clips.get(i % clips.size()), copy(folder, i));
    }
  }

  private static Path copy(Path folder, int number) {
    return folder.resolve("clip-%03d.flac".formatted(number));
  }

  /** Returns what is heard in {@link #copies}, each of the clips once. */
  static Map<String, Optional<Recognition>> heardInCopies(Path folder, int count)
      throws IOException {
    Map<String, Optional<Recognition>> heard = new TreeMap<>();
    List<Path> clips = clips();
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault(new SessionSettings(1))) {
      List<Optional<Recognition>> each =
          clips.stream().map(clip -> hear(recognizer, clip)).toList();
      for (int i = 0; i < count; i++) {
        heard.put("file:" + copy(folder, i), each.get(i % clips.size()));
      }
    }
    return heard;
  }

  /** Fills a folder with clips, a recording of more than half a minute, and broken ones. */
  static void mixture(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    for (Path clip : clips()) {
      Files.copy(clip, folder.resolve(String.valueOf(clip.getFileName())));
    }
    byte[] clip = Files.readAllBytes(clips().get(0));
    Files.write(folder.resolve("deep/er/a clip.flac"), clip);
    Files.write(folder.resolve("long.wav"), longRecording());
    Files.write(folder.resolve("empty.wav"), new byte[0]);
    Files.writeString(folder.resolve("text.mp3"), "no sound at all\n".repeat(50));
    byte[] cut = new byte[clip.length / 2];
    System.arraycopy(clip, 0, cut, 0, cut.length);
    Files.write(folder.resolve("truncated.flac"), cut);
    Files.write(folder.resolve("huge-header.wav"), header(0xFFFF_FFF0L, 0xFFFF_FF00L));
    Files.writeString(folder.resolve("notes.txt"), "not a recording");
  }

  /** One clip after the other, until more is said than an encoder hears at once. */
  private static byte[] longRecording() throws IOException {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    List<Path> clips = clips();
    for (int i = 0; samples.size() < 2 * 31 * Waveform.SAMPLE_RATE_HZ; i++) {
      for (float sample : AudioDecoder.create().decode(clips.get(i % clips.size())).toArray()) {
        short value = (short) Math.round(sample * 32767);
        samples.write(value);
        samples.write(value >> 8);
      }
    }
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    wav.writeBytes(header(36 + samples.size(), samples.size()));
    wav.writeBytes(samples.toByteArray());
    return wav.toByteArray();
  }

  private static byte[] header(long riffBytes, long dataBytes) {
    return ByteBuffer.allocate(44)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) riffBytes)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(Waveform.SAMPLE_RATE_HZ)
        .putInt(2 * Waveform.SAMPLE_RATE_HZ)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) dataBytes)
        .array();
  }

  /**
   * Returns the scores of files heard one by one, each alone, piece by piece, as {@code predict}
   * hears them; empty for those that cannot be.
   */
  static Map<String, Optional<Recognition>> heard(Path folder) throws IOException {
    Map<String, Optional<Recognition>> heard = new TreeMap<>();
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault(new SessionSettings(1));
        Stream<Path> files = Files.walk(folder)) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".txt"))
              .toList();
      for (Path file : all) {
        heard.put("file:" + file, hear(recognizer, file));
      }
    }
    return heard;
  }

  private static Optional<Recognition> hear(EmotionRecognizer recognizer, Path file) {
    RecognitionStream stream = recognizer.stream();
    try (AudioReader reader = AudioDecoder.create().open(file)) {
      List<Waveform> pieces = new ArrayList<>();
      for (Optional<Waveform> next = reader.read(4000);
          next.isPresent();
          next = reader.read(4000)) {
        pieces.add(next.get());
      }
      pieces.forEach(stream::push);
      return Optional.of(stream.finish());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
