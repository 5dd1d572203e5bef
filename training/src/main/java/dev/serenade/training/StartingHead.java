package dev.serenade.training;

import com.google.gson.JsonObject;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A finished head that training starts from in place of random values, so that few clips are
 * enough.
 *
 * <p>Everything is taken over, and of the classifier the rows of those classes that both have; new
 * classes start at random. At first, the head gives classes that were known the logits that the
 * finished one gives them, whatever the new clips are: where standardisation was folded into its
 * projector, that of the new clips is taken out again,
 *
 * <pre>{@code
 * W_ij = W'_ij deviation_j        b_i = b'_i + sum_j W'_ij mean_j
 * }</pre>
 *
 * <p>and where it is kept as constants, it stays as it was.
 *
 * @param head standardisation folded in where it can be
 * @param classes for each class that is to be told apart, its position among the classes of this
 *     head; empty for a new one
 */
public record StartingHead(Head head, List<OptionalInt> classes) {

  /** Copies the list and checks that this head has these classes. */
  public StartingHead {
    classes = List.copyOf(classes);
    int known = head.spec().classes();
    for (OptionalInt position : classes) {
      if (position.isPresent() && (position.getAsInt() < 0 || position.getAsInt() >= known)) {
        throw new IllegalArgumentException(
            "expected classes of the head to start from, below %d, found %d"
                .formatted(known, position.getAsInt()));
      }
    }
  }

  /**
   * Returns a starting head whose classes are known by their labels.
   *
   * @param known the labels of the head's classes, in order
   * @param wanted the labels of the classes to tell apart
   */
  public static StartingHead of(Head head, List<String> known, List<String> wanted) {
    return new StartingHead(
        head,
        wanted.stream()
            .map(known::indexOf)
            .map(position -> position < 0 ? OptionalInt.empty() : OptionalInt.of(position))
            .toList());
  }

  /**
   * Checks that heads of this kind can start from this one; dropout may differ.
   *
   * @throws IllegalArgumentException if not; the message says in what they differ
   */
  public void requireFit(HeadSpec spec) {
    HeadSpec found = head.spec();
    requireSame("layer", spec.fusion().text(), found.fusion().text());
    requireSame("kind", kind(spec), kind(found));
    if (classes.size() != spec.classes()) {
      throw new IllegalArgumentException(
          "expected to be told where %d classes start from, found %d"
              .formatted(spec.classes(), classes.size()));
    }
  }

  /** Returns all that must be the same, as it stands in a model file. */
  private static String kind(HeadSpec spec) {
    JsonObject json = spec.toJson();
    json.remove("classes");
    json.remove("dropout");
    return json.toString();
  }

  private static void requireSame(String what, String expected, String found) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "expected to start from a head of %s %s, found %s".formatted(what, expected, found));
    }
  }

  /**
   * Returns all parameters to start with.
   *
   * @param random first values of the head to be trained, for its new classes
   * @param standardisation of the clips to train on
   */
  Map<String, FloatTensor> values(Head random, Standardisation standardisation) {
    Head unfolded =
        head.spec().foldsStandardisation()
            ? head.unfoldStandardisation(standardisation.mean(), standardisation.deviation())
            : head;
    Map<String, FloatTensor> values = new LinkedHashMap<>(unfolded.parameters());
    for (String name : List.of(HeadSpec.CLASSIFIER_WEIGHT, HeadSpec.CLASSIFIER_BIAS)) {
      values.put(name, rows(parameter(unfolded, name), parameter(random, name)));
    }
    return values;
  }

  private static FloatTensor parameter(Head head, String name) {
    return Objects.requireNonNull(head.parameters().get(name), name);
  }

  /** Returns the rows of known classes where there are any, and random ones elsewhere. */
  private FloatTensor rows(FloatTensor known, FloatTensor random) {
    FloatBuffer rows = FloatTensor.allocate(random.shape());
    int width = random.size() / classes.size();
    for (int i = 0; i < classes.size(); i++) {
      rows.put(
          classes.get(i).isPresent()
              ? known.values().slice(classes.get(i).getAsInt() * width, width)
              : random.values().slice(i * width, width));
    }
    return FloatTensor.wrap(rows.rewind(), random.shape());
  }
}
