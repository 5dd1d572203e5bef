package dev.serenade.training.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The feature store may not grow any further, and everything in it is in use. */
public final class FeatureStoreFullException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final double BYTES_PER_MEGABYTE = 1e6;

  FeatureStoreFullException(Path folder, long limitBytes) {
    super(
        String.format(
            Locale.ROOT,
            "%s: the limit of the feature store, %.1f MB, does not hold the hidden states of this run; raise it or use fewer layers",
            folder,
            limitBytes / BYTES_PER_MEGABYTE));
  }
}
