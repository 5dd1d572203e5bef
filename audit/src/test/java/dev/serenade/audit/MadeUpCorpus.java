package dev.serenade.audit;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.ManifestFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A clean corpus in a folder, to plant faults in: eight speakers of their own pitch who say four
 * texts in each of three emotions, once each. Nothing but chance tells the emotion.
 *
 * <p>A voice is a row of syllables: harmonics of a gliding pitch under a moving formant, with
 * pauses and a little noise.
 */
final class MadeUpCorpus {

  static final List<String> EMOTIONS = List.of("angry", "neutral", "sad");
  static final int SPEAKERS = 8;
  static final int TEXTS = 4;

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;

  private final Path folder;
  private final List<Row> rows = new ArrayList<>();

  /** A line of the manifest. */
  record Row(String path, String speaker, String emotion, String split, String text) {

    Row speaker(String other) {
      return new Row(path, other, emotion, split, text);
    }

    Row emotion(String other) {
      return new Row(path, speaker, other, split, text);
    }

    Row split(String other) {
      return new Row(path, speaker, emotion, other, text);
    }

    Row text(String other) {
      return new Row(path, speaker, emotion, split, other);
    }

    Row path(String other) {
      return new Row(other, speaker, emotion, split, text);
    }
  }

  private MadeUpCorpus(Path folder) {
    this.folder = folder;
  }

  static MadeUpCorpus clean(Path folder) throws IOException {
    MadeUpCorpus corpus = new MadeUpCorpus(folder);
    long seed = 0;
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      for (String emotion : EMOTIONS) {
        for (int text = 0; text < TEXTS; text++) {
          String path = "s%d-%s-%d.wav".formatted(speaker, emotion, text);
          corpus.write(path, voice(90 + 25 * speaker, seed++));
          corpus.rows.add(new Row(path, "s" + speaker, emotion, "", "sentence number " + text));
        }
      }
    }
    return corpus;
  }

  List<Row> rows() {
    return rows;
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  Waveform sound(Row row) throws IOException {
    return AudioDecoder.create().decode(file(row.path()));
  }

  /** Adds a clip that differs from a row by its path and its sound. */
  Row add(Row like, String path, Waveform sound) throws IOException {
    write(path, sound);
    Row row = like.path(path);
    rows.add(row);
    return row;
  }

  Corpus read() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,speaker,emotion,split,text"));
    rows.forEach(
        r -> lines.add(String.join(",", r.path(), r.speaker(), r.emotion(), r.split(), r.text())));
    try {
      return Manifest.read(Files.write(folder.resolve("made-up.csv"), lines));
    } catch (ManifestFormatException e) {
      throw new IOException(e);
    }
  }

  /** Audits what is there now, under the usual split. */
  AuditResult audit() throws Exception {
    Corpus corpus = read();
    return Audit.of(corpus, Audit.usualSplit(corpus), Optional.empty(), 2, (done, all, what) -> {});
  }

  static Waveform voice(double pitchHz, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) (RATE_HZ * (1.2 + 0.6 * random.nextDouble()))];
    double gain = 0.03 * Math.pow(10, random.nextGaussian() / 10);
    int position = RATE_HZ / 20 + random.nextInt(RATE_HZ / 10);
    while (position < samples.length - RATE_HZ / 5) {
      int length = RATE_HZ / 8 + random.nextInt(RATE_HZ / 8);
      addSyllable(samples, position, length, pitchHz, gain, random);
      position += length + random.nextInt(RATE_HZ / 16);
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (0.0003 * random.nextGaussian());
    }
    return Waveform.of(samples);
  }

  private static void addSyllable(
      float[] samples, int start, int length, double pitchHz, double gain, Random random) {
    double from = pitchHz * (0.85 + 0.3 * random.nextDouble());
    double to = pitchHz * (0.85 + 0.3 * random.nextDouble());
    double formantFrom = 350 + 1500 * random.nextDouble();
    double formantTo = 350 + 1500 * random.nextDouble();
    double phase = 0;
    for (int n = 0; n < length && start + n < samples.length; n++) {
      double share = (double) n / length;
      double fundamental = from + share * (to - from);
      double formant = formantFrom + share * (formantTo - formantFrom);
      phase += 2 * Math.PI * fundamental / RATE_HZ;
      double value = 0;
      for (int k = 1; k * fundamental < 3500; k++) {
        double distance = (k * fundamental - formant) / 300;
        value += Math.sin(k * phase) * (0.1 / k + Math.exp(-distance * distance));
      }
      samples[start + n] += (float) (gain * value * Math.sin(Math.PI * share));
    }
  }

  void write(String path, Waveform sound) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Short.BYTES * sound.length()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < sound.length(); i++) {
      bytes.putShort((short) Math.round(Math.max(-1, Math.min(1, sound.get(i))) * 32767));
    }
    AudioFormat format = new AudioFormat(RATE_HZ, 16, 1, true, false);
    try (AudioInputStream stream =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, sound.length())) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file(path).toFile());
    }
  }
}
