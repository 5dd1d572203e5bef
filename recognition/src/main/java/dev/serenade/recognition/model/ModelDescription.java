package dev.serenade.recognition.model;

import dev.serenade.recognition.confidence.HeldOutConfidence;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.whisper.Window;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a model file says of its model, besides the weights.
 *
 * @param labels the emotions, in the order of the scores; at least two, all different
 * @param encoder which encoder it was trained on
 * @param window how much silence the encoder hears around a clip
 * @param head the shape of the head, and which layers it reads, from 0 to L
 * @param temperature what logits are divided by before the softmax, so that scores are honest;
 *     positive
 * @param provenance where it comes from: version, corpora, split, seed, settings, time
 * @param licences of the encoder and of what it was trained on, one sentence each
 * @param heldOut what its confidence was worth on speakers it was not trained on, if it is known
 * @param text the part that goes by what is said; empty if the model goes by the sound alone
 */
public record ModelDescription(
    List<String> labels,
    EncoderIdentity encoder,
    Window window,
    HeadSpec head,
    double temperature,
    Map<String, String> provenance,
    List<String> licences,
    Optional<HeldOutConfidence> heldOut,
    Optional<TextDescription> text) {

  /** Checks that the parts fit each other, and copies them. */
  public ModelDescription {
    labels = List.copyOf(labels);
    licences = List.copyOf(licences);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (labels.stream().distinct().count() != labels.size() || labels.size() < 2) {
      throw new IllegalArgumentException(
          "expected at least two labels, all different, found " + labels);
    }
    if (head.classes() != labels.size()) {
      throw new IllegalArgumentException(
          "the head tells %d classes apart, but there are %d labels"
              .formatted(head.classes(), labels.size()));
    }
    if (head.inputWidth() != encoder.config().width()) {
      throw new IllegalArgumentException(
          "the head reads states of width %d, but the encoder's are %d wide"
              .formatted(head.inputWidth(), encoder.config().width()));
    }
    LayerFusion fusion = head.fusion();
    if (fusion.layers().get(0) < 0 || fusion.highest() > encoder.config().blocks()) {
      throw new IllegalArgumentException(
          "expected layers from 0 to %d, found %s"
              .formatted(encoder.config().blocks(), fusion.text()));
    }
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("expected a positive temperature, found " + temperature);
    }
    int classes = labels.size();
    text.ifPresent(
        part -> {
          if (part.head().classes() != classes) {
            throw new IllegalArgumentException(
                "text: the head tells %d classes apart, but there are %d labels"
                    .formatted(part.head().classes(), classes));
          }
        });
  }

  /** Describes a model that goes by the sound alone. */
  public ModelDescription(
      List<String> labels,
      EncoderIdentity encoder,
      Window window,
      HeadSpec head,
      double temperature,
      Map<String, String> provenance,
      List<String> licences,
      Optional<HeldOutConfidence> heldOut) {
    this(
        labels,
        encoder,
        window,
        head,
        temperature,
        provenance,
        licences,
        heldOut,
        Optional.empty());
  }

  /** Describes a model that goes by the sound alone, of whose confidence nothing is known. */
  public ModelDescription(
      List<String> labels,
      EncoderIdentity encoder,
      Window window,
      HeadSpec head,
      double temperature,
      Map<String, String> provenance,
      List<String> licences) {
    this(labels, encoder, window, head, temperature, provenance, licences, Optional.empty());
  }

  /**
   * Returns the lowest format version of model files that can hold this: what the head asks for,
   * see {@link HeadSpec#formatVersion}, or 5 for a part that goes by what is said, so that builds
   * that would pass it over refuse the file.
   */
  public int formatVersion() {
    return text.isPresent() ? TextJson.FORMAT_VERSION : head.formatVersion();
  }
}
