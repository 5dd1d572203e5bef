package dev.serenade.server.history;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Analyses that are kept with their recordings until they are too old, and what people corrected.
 *
 * <p>Any number of threads may use it, and several servers may share one in PostgreSQL.
 */
public interface History extends AutoCloseable {

  /**
   * Opens a history, makes it if there is none, brings its tables up to date, and removes what is
   * too old: now, and every hour.
   *
   * @throws HistoryException if it cannot be used; says why in one line
   */
  static History open(HistorySettings settings) throws HistoryException {
    return DatabaseHistory.open(settings, InstantSource.system());
  }

  /**
   * Opens a history that exists, to read it; a server may use it meanwhile. Nothing is removed.
   *
   * @throws HistoryException if there is none, or it is of another version
   */
  static History openExisting(HistorySettings settings) throws HistoryException {
    return DatabaseHistory.openExisting(settings);
  }

  /**
   * Keeps an analysis and its recording.
   *
   * @param id its name: up to 64 letters of base64url, chosen by us
   * @param createdAt when it was asked for; kept to the microsecond
   * @param result what was heard, as clients are told, with a member {@code file}
   */
  void keep(String id, Instant createdAt, JsonObject result, AudioSource audio)
      throws HistoryException;

  /** Returns an analysis. */
  Optional<KeptAnalysis> find(String id) throws HistoryException;

  /** Returns those of the names that are kept. */
  Set<String> known(List<String> ids) throws HistoryException;

  /**
   * Returns some analyses, newest first, without the details of what was heard.
   *
   * @param limit at least 1
   */
  Page list(int limit, Cursor from) throws HistoryException;

  /** Returns some analyses that were corrected, newest first, without details. */
  Page listCorrected(int limit, Cursor from) throws HistoryException;

  /** Returns how many analyses were corrected to each emotion, by its name. */
  Map<String, Integer> countCorrections() throws HistoryException;

  /** Says what was really heard, in place of what was said before; empty if it is not kept. */
  Optional<KeptAnalysis> correct(String id, Correction correction) throws HistoryException;

  /** Forgets a correction; returns whether there was one. */
  boolean uncorrect(String id) throws HistoryException;

  /** Returns a recording. */
  Optional<KeptAudio> audio(String id) throws HistoryException;

  /** Removes an analysis, its correction and its recording; returns whether there was one. */
  boolean delete(String id) throws HistoryException;

  @Override
  void close();
}
