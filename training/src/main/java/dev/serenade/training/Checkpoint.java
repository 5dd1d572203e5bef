package dev.serenade.training;

import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Where one training keeps its state after each epoch: a safetensors file that appears whole or not
 * at all, with the rest of the state and a hash of everything in its metadata.
 *
 * <p>Never in the way of training: a file that is damaged or of another training is not used, and
 * one that cannot be written is done without. The listener is told.
 */
public final class Checkpoint {

  /** Of a training that keeps nothing. */
  public static final Checkpoint NONE = Checkpoints.NONE.named("none");

  /** The end of the name of a checkpoint. */
  static final String SUFFIX = ".safetensors";

  /** The end of the name of a file that is being written. */
  static final String UNFINISHED_SUFFIX = ".part";

  private static final String IDENTITY = "identity";
  private static final String STEPS = "steps";
  private static final String BEST_EPOCH = "bestEpoch";
  private static final String HISTORY = "history";
  private static final String SHA256 = "sha256";

  private static final String PARAMETERS = "parameters";
  private static final String FIRST_MOMENTS = "moments.first";
  private static final String SECOND_MOMENTS = "moments.second";
  private static final String BEST = "best";
  private static final String DIFFICULTIES = "difficulties";

  /** In place of a number that an epoch does not have. */
  private static final String UNKNOWN = "-";

  private final Optional<Path> file;
  private final AtomicBoolean failureTold;

  Checkpoint(Optional<Path> file, AtomicBoolean failureTold) {
    this.file = file;
    this.failureTold = failureTold;
  }

  /** Returns where the state is kept, for messages. */
  String place() {
    return file.map(Path::toString).orElse("memory");
  }

  /** Returns whether anything is kept. */
  boolean isKept() {
    return file.isPresent();
  }

  /**
   * Returns the state that was kept, if it is whole and of this training.
   *
   * @param identity the same for trainings that go the same way
   * @param listener is told of a state that is not used
   */
  Optional<TrainingState> read(String identity, TrainingListener listener) {
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return Optional.empty();
    }
    try (SafetensorsFile tensors = SafetensorsFile.open(file.get())) {
      Map<String, String> texts = new LinkedHashMap<>(tensors.metadata());
      String expected = String.valueOf(texts.remove(SHA256));
      Map<String, FloatTensor> values = new LinkedHashMap<>();
      for (String name : List.of(PARAMETERS, FIRST_MOMENTS, SECOND_MOMENTS, BEST, DIFFICULTIES)) {
        values.put(name, tensors.read(name));
      }
      String found = hash(texts, values);
      if (!found.equals(expected)) {
        throw new TensorFormatException(
            "%s: expected content of SHA-256 %s, found %s".formatted(place(), expected, found));
      }
      if (identity.equals(texts.get(IDENTITY))) {
        return Optional.of(state(texts, values));
      }
      listener.note(
          "%s is of a training with other settings, clips or encoder; it is replaced"
              .formatted(place()));
    } catch (NoSuchFileException | ClosedByInterruptException e) {
      // Nothing was kept, or training is about to end anyway.
    } catch (IOException e) {
      listener.note("training starts anew, as its checkpoint is damaged: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static TrainingState state(Map<String, String> texts, Map<String, FloatTensor> values) {
    return new TrainingState(
        Integer.parseInt(get(texts, STEPS)),
        get(texts, HISTORY).lines().map(Checkpoint::epoch).toList(),
        Integer.parseInt(get(texts, BEST_EPOCH)),
        get(values, PARAMETERS),
        get(values, FIRST_MOMENTS),
        get(values, SECOND_MOMENTS),
        get(values, BEST),
        get(values, DIFFICULTIES));
  }

  private static <T> T get(Map<String, T> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  /**
   * Keeps a state in place of the one before.
   *
   * @param listener is told once, by the first of all trainings that keep theirs in one folder, if
   *     that fails
   */
  void write(String identity, TrainingState state, TrainingListener listener) {
    if (file.isEmpty()) {
      return;
    }
    Path target = file.get();
    Path unfinished =
        target.resolveSibling(
            target.getFileName() + "." + UUID.randomUUID() + Checkpoint.UNFINISHED_SUFFIX);
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      try {
        // Unlike a channel, this one finishes its work when the thread is interrupted.
        try (OutputStream out = new FileOutputStream(unfinished.toFile())) {
          writer(identity, state).write(out);
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      if (!failureTold.getAndSet(true)) {
        listener.note("training goes on without checkpoints, as they cannot be written: " + e);
      }
    }
  }

  private static SafetensorsWriter writer(String identity, TrainingState state) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(BEST_EPOCH, Integer.toString(state.bestEpoch()));
    texts.put(
        HISTORY, state.history().stream().map(Checkpoint::text).collect(Collectors.joining("\n")));
    texts.put(IDENTITY, identity);
    texts.put(STEPS, Integer.toString(state.steps()));
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    values.put(PARAMETERS, state.parameters());
    values.put(FIRST_MOMENTS, state.firstMoments());
    values.put(SECOND_MOMENTS, state.secondMoments());
    values.put(BEST, state.best());
    values.put(DIFFICULTIES, state.difficulties());
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32).addAll(values);
    texts.forEach(writer::metadata);
    return writer.metadata(SHA256, hash(texts, values));
  }

  /** The texts come in the order of their names, as the file has them. */
  private static String hash(Map<String, String> texts, Map<String, FloatTensor> values) {
    Fingerprint fingerprint = new Fingerprint().add(texts);
    values.values().forEach(fingerprint::add);
    return fingerprint.hex();
  }

  /** Decimals of Java give the same number again when they are read. */
  private static String text(EpochSummary epoch) {
    return "%d %s %s %s %s %s"
        .formatted(
            epoch.epoch(),
            epoch.trainingLoss(),
            epoch.learningRate(),
            text(epoch.validationLoss()),
            text(epoch.validationAccuracy()),
            text(epoch.validationRecall()));
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? Double.toString(number.getAsDouble()) : UNKNOWN;
  }

  private static EpochSummary epoch(String text) {
    String[] numbers = text.split(" ", -1);
    return new EpochSummary(
        Integer.parseInt(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]),
        number(numbers[3]),
        number(numbers[4]),
        number(numbers[5]));
  }

  private static OptionalDouble number(String text) {
    return text.equals(UNKNOWN)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(text));
  }
}
