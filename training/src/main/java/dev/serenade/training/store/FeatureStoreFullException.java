package dev.serenade.training.store;

import java.io.IOException;
import java.nio.file.Path;

/** The feature store may not grow any further, and everything in it is in use. */
public final class FeatureStoreFullException extends IOException {

  private static final long serialVersionUID = 1L;

  FeatureStoreFullException(Path folder, long limitBytes) {
    super(
        "%s: the store holds its limit of %d MB, all of it for this run; raise the limit or use fewer layers"
            .formatted(folder, limitBytes / 1_000_000));
  }
}
