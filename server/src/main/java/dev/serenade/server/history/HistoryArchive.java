package dev.serenade.server.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.server.http.Answers;
import dev.serenade.server.http.Archive;
import dev.serenade.server.http.ProblemException;
import dev.serenade.server.http.Upload;
import dev.serenade.server.work.Keeper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A history as the rest of the server sees it: problems in place of exceptions. */
public final class HistoryArchive implements Archive, Keeper {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryArchive.class);

  private final History history;

  /** Wraps a history, which is not closed with it. */
  public HistoryArchive(History history) {
    this.history = history;
  }

  /** Something that is asked of a history. */
  @FunctionalInterface
  interface Question<T> {

    /** Asks it. */
    T ask() throws HistoryException;
  }

  /**
   * Asks something, and turns what goes wrong into what clients are told: no path of ours, which
   * the log has.
   */
  static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (HistoryException e) {
      LOG.warn("history: {}", e.getMessage());
      throw e.reason() == HistoryException.Reason.NO_SPACE
          ? ProblemException.noSpace()
          : ProblemException.historyUnavailable();
    }
  }

  @Override
  public void keep(String id, Instant createdAt, JsonObject result, Upload upload) {
    ask(
        () -> {
          history.keep(id, createdAt, result, upload::openBytes);
          return id;
        });
  }

  @Override
  public void forget(String id) {
    delete(id);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public Optional<JsonObject> find(String id) {
    return ask(() -> history.find(id)).map(KeptJson::of);
  }

  @Override
  public Set<String> known(List<String> ids) {
    return ask(() -> history.known(ids));
  }

  @Override
  public void list(int limit, Optional<String> cursor, JsonObject page) {
    Cursor from = cursor.map(HistoryArchive::cursor).orElse(Cursor.START);
    JsonArray analyses = page.getAsJsonArray("analyses");
    int room = limit - analyses.size();
    if (room <= 0) {
      page.addProperty("next", from.text());
      return;
    }
    Page kept = ask(() -> history.list(room, from));
    kept.analyses().forEach(analysis -> analyses.add(KeptJson.of(analysis)));
    kept.next().ifPresent(next -> page.addProperty("next", next.text()));
  }

  private static Cursor cursor(String text) {
    try {
      return Cursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(
          "cursor: expected what a page calls next, found " + Answers.shown(text));
    }
  }

  @Override
  public boolean delete(String id) {
    return ask(() -> history.delete(id));
  }
}
