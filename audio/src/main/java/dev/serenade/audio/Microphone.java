package dev.serenade.audio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/**
 * What a microphone hears, as it hears it, through Java Sound.
 *
 * <p>A thread of its own takes the sound from the device, at 16 kHz mono if that can, else at a
 * rate and with the channels it has, which are resampled and averaged as in {@link AudioDecoder}.
 * Half a minute waits for who reads slowly; what comes after is lost, and silence stands for it, so
 * that time stays right: see {@link #lostSeconds}.
 *
 * <p>One thread may read; any may close it, which ends the sound for the one that reads.
 */
public final class Microphone implements WaveformStream {

  private static final int BITS = 16;
  private static final int WAITING_SECONDS = 30;

  /** Sound is taken from the device in pieces of so many a second. */
  private static final int PIECES_A_SECOND = 50;

  /** What to ask a device for, the best first. */
  private static final List<AudioFormat> FORMATS =
      List.of(
          format(16_000, 1),
          format(48_000, 1),
          format(44_100, 1),
          format(16_000, 2),
          format(48_000, 2),
          format(44_100, 2),
          format(32_000, 1),
          format(96_000, 2));

  private final AudioInputStream line;
  private final String name;
  private final CaptureBuffer captured;
  private final PcmInput samples;
  private final Thread thread;
  private volatile Optional<IOException> failure = Optional.empty();

  private Microphone(AudioInputStream line, String name) {
    this.line = line;
    this.name = name;
    AudioFormat format = line.getFormat();
    captured = new CaptureBuffer(WAITING_SECONDS * bytesASecond(format));
    samples = PcmInput.of(captured, Math.round(format.getSampleRate()), format.getChannels());
    int pieceBytes = Math.round(format.getSampleRate()) / PIECES_A_SECOND * format.getFrameSize();
    thread = new Thread(() -> capture(pieceBytes), "serenade-microphone");
    thread.setDaemon(true);
  }

  /**
   * Returns the names of the devices that can record; none on a machine without any, and under a
   * Java runtime without sound.
   */
  public static List<String> devices() {
    return recorders().stream().map(Recorder::name).toList();
  }

  /**
   * Opens the first device that can record.
   *
   * @throws MicrophoneException if there is none, or it cannot be opened
   */
  public static Microphone open() throws MicrophoneException {
    List<Recorder> recorders = recorders();
    if (recorders.isEmpty()) {
      throw new MicrophoneException("a microphone expected, found no device that can record");
    }
    return recorders.get(0).open();
  }

  /**
   * Opens a device by its name.
   *
   * @param device one of {@link #devices}, or a part of one in whatever case; the first that fits
   * @throws MicrophoneException if there is none such, or it cannot be opened
   */
  public static Microphone open(String device) throws MicrophoneException {
    List<Recorder> recorders = recorders();
    List<Recorder> named =
        recorders.stream().filter(recorder -> recorder.name().equals(device)).toList();
    if (named.isEmpty()) {
      String part = device.toLowerCase(Locale.ROOT);
      named =
          recorders.stream()
              .filter(recorder -> recorder.name().toLowerCase(Locale.ROOT).contains(part))
              .toList();
    }
    if (named.isEmpty()) {
      throw new MicrophoneException(
          "a microphone named '%s' expected, found %s"
              .formatted(device, recorders.isEmpty() ? "no device that can record" : devices()));
    }
    return named.get(0).open();
  }

  /** Starts to take sound from a line of 16-bit samples, little endian. */
  static Microphone of(AudioInputStream line, String name) {
    Microphone microphone = new Microphone(line, name);
    microphone.thread.start();
    return microphone;
  }

  /** Returns the name of the device. */
  public String name() {
    return name;
  }

  /** Returns how much was not read in time and is lost, in seconds. */
  public double lostSeconds() {
    return (double) captured.lost() / bytesASecond(line.getFormat());
  }

  /**
   * Reads the next samples, and waits until they have been recorded.
   *
   * @throws MicrophoneException if the device fails, as one that is unplugged may
   */
  @Override
  public synchronized Optional<Waveform> read(int count) throws IOException {
    Optional<Waveform> piece = samples.read(count);
    if (piece.isEmpty() && failure.isPresent()) {
      throw new MicrophoneException(
          "microphone '%s' failed: %s".formatted(name, failure.get()), failure.get());
    }
    return piece;
  }

  /** Stops recording; a thread that is reading gets what was recorded, and then the end. */
  @Override
  public void close() throws IOException {
    line.close();
    captured.end();
    synchronized (this) {
      samples.close();
    }
  }

  private void capture(int pieceBytes) {
    byte[] piece = new byte[pieceBytes];
    try {
      for (int count = line.read(piece); count >= 0; count = line.read(piece)) {
        captured.put(piece, count);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } finally {
      captured.end();
    }
  }

  private static int bytesASecond(AudioFormat format) {
    return Math.round(format.getSampleRate()) * format.getFrameSize();
  }

  private static AudioFormat format(int rateHz, int channels) {
    return new AudioFormat(rateHz, BITS, channels, true, false);
  }

  private static List<Recorder> recorders() {
    List<Recorder> recorders = new ArrayList<>();
    try {
      for (Mixer.Info info : AudioSystem.getMixerInfo()) {
        Mixer mixer = AudioSystem.getMixer(info);
        List<AudioFormat> formats =
            FORMATS.stream().filter(format -> mixer.isLineSupported(lineInfo(format))).toList();
        if (!formats.isEmpty()) {
          recorders.add(new Recorder(mixer, formats));
        }
      }
    } catch (LinkageError e) {
      // A Java runtime without the native part of Java Sound, as some for servers are.
      return List.of();
    }
    return recorders;
  }

  private static DataLine.Info lineInfo(AudioFormat format) {
    return new DataLine.Info(TargetDataLine.class, format);
  }

  /**
   * A device that says it can record.
   *
   * @param formats in which of {@link #FORMATS}, at least one
   */
  private record Recorder(Mixer mixer, List<AudioFormat> formats) {

    String name() {
      return mixer.getMixerInfo().getName();
    }

    Microphone open() throws MicrophoneException {
      List<String> refusals = new ArrayList<>();
      for (AudioFormat format : formats) {
        try {
          TargetDataLine line = (TargetDataLine) mixer.getLine(lineInfo(format));
          line.open(format, bytesASecond(format));
          line.start();
          return Microphone.of(new AudioInputStream(line), name());
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
          refusals.add(e.getMessage());
        }
      }
      throw new MicrophoneException(
          "microphone '%s' cannot be opened, or another program has it: %s"
              .formatted(name(), refusals.get(0)));
    }
  }
}
