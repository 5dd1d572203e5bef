package dev.serenade.training.store;

import dev.serenade.whisper.Window;
import java.util.Locale;

/**
 * What hidden states depend on besides the clip.
 *
 * @param encoderName for people; not part of the identity
 * @param encoderSha256 of the weights, in hexadecimal
 * @param window how much silence the encoder hears around a clip
 */
public record StoreIdentity(String encoderName, String encoderSha256, Window window) {

  /** Raised when decoding, front end or encoder change what they compute. */
  private static final int COMPUTATION_VERSION = 1;

  /** Returns the name of the folder that holds these states and no others. */
  String folderName() {
    return "%s-%s%d-v%d"
        .formatted(
            encoderSha256.substring(0, Math.min(16, encoderSha256.length())),
            window.mode().name().toLowerCase(Locale.ROOT),
            window.gridFrames(),
            COMPUTATION_VERSION);
  }
}
