package dev.serenade.server.history;

import java.io.IOException;
import java.io.InputStream;

/** Where a recording that is to be kept comes from. */
@FunctionalInterface
public interface AudioSource {

  /** Opens its bytes. */
  InputStream open() throws IOException;
}
