package dev.serenade.server.work;

import com.google.gson.JsonObject;
import dev.serenade.server.http.Upload;
import java.time.Instant;

/** Keeps what was heard, with its recording. */
public interface Keeper {

  /**
   * Keeps an analysis.
   *
   * @param id its name, which cannot be guessed
   * @param createdAt when it was asked for
   * @param result as the client is told
   * @param upload the recording, which is removed afterwards
   */
  void keep(String id, Instant createdAt, JsonObject result, Upload upload);

  /** Removes an analysis, if it is kept. */
  void forget(String id);
}
