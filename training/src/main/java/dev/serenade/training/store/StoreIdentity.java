package dev.serenade.training.store;

import dev.serenade.whisper.Window;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What hidden states depend on besides the clip. States of an encoder and those of a decoder, or of
 * two windows or languages, never lie in one folder.
 *
 * @param folderName the name of the folder that holds these states and no others
 * @param description the same for people
 */
public record StoreIdentity(String folderName, String description) {

  /** Raised when decoding, front end or encoder change what they compute. */
  private static final int COMPUTATION_VERSION = 1;

  /** Raised when what the states of a decoder are changes, too. */
  private static final int DECODER_VERSION = 1;

  /** How the first digits of a hash tell models apart. */
  private static final int DIGITS = 16;

  private static final Pattern FOLDER = Pattern.compile("[0-9a-z-]+");

  /** Checks that the name is one of a folder on any system. */
  public StoreIdentity {
    if (!FOLDER.matcher(folderName).matches()) {
      throw new IllegalArgumentException(
          "expected a name of digits, small letters and dashes, found " + folderName);
    }
  }

  /**
   * The states of an encoder.
   *
   * @param name for people
   * @param sha256 of the weights, in hexadecimal
   * @param window how much silence the encoder hears around a clip
   */
  public static StoreIdentity ofEncoder(String name, String sha256, Window window) {
    return new StoreIdentity(
        "%s-%s%d-v%d"
            .formatted(
                firstDigits(sha256),
                window.mode().name().toLowerCase(Locale.ROOT),
                window.gridFrames(),
                COMPUTATION_VERSION),
        "%s (SHA-256 %s), window %s".formatted(name, sha256, window));
  }

  /**
   * The states of a decoder.
   *
   * @param name for people
   * @param sha256 of the weights and of what steers the decoder, see {@link DecoderStates#sha256}
   * @param language which it is told; empty if it finds out, or knows only one
   */
  public static StoreIdentity ofDecoder(String name, String sha256, Optional<String> language) {
    String spoken = language.orElse("found");
    return new StoreIdentity(
        "%s-decoder-%s-v%d-%d"
            .formatted(
                firstDigits(sha256),
                spoken.toLowerCase(Locale.ROOT),
                COMPUTATION_VERSION,
                DECODER_VERSION),
        "the decoder of %s (SHA-256 %s), language %s".formatted(name, sha256, spoken));
  }

  private static String firstDigits(String sha256) {
    return sha256.substring(0, Math.min(DIGITS, sha256.length()));
  }
}
