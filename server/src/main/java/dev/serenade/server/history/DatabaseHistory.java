package dev.serenade.server.history;

import com.google.gson.JsonObject;
import com.zaxxer.hikari.HikariDataSource;
import dev.serenade.server.history.HistoryException.Reason;
import dev.serenade.server.http.JobJson;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A history in a database and a folder. Every change is one statement, so that none is ever half
 * done; two vendors understand the same ones.
 */
final class DatabaseHistory implements History {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHistory.class);

  private static final Duration BETWEEN_REMOVALS = Duration.ofHours(1);

  /** A recording without an analysis may get one for so long. */
  private static final Duration GRACE = Duration.ofHours(1);

  private static final int AT_ONCE = 500;

  private final HistorySettings settings;
  private final InstantSource clock;
  private final Database database;
  private final HikariDataSource connections;
  private final Jdbi jdbi;
  private final AudioFolder audio;
  private final KeptAnalysisMapper analyses;
  private final Timer removals = new Timer("history-removals", true);

  private DatabaseHistory(
      HistorySettings settings,
      InstantSource clock,
      Database database,
      HikariDataSource connections,
      AudioFolder audio) {
    this.settings = settings;
    this.clock = clock;
    this.database = database;
    this.connections = connections;
    this.jdbi = Jdbi.create(connections);
    this.audio = audio;
    this.analyses = new KeptAnalysisMapper(audio);
  }

  static DatabaseHistory open(HistorySettings settings, InstantSource clock)
      throws HistoryException {
    DatabaseHistory history = connect(settings, clock, true);
    history.removeOldNowAndHourly();
    return history;
  }

  static DatabaseHistory openExisting(HistorySettings settings) throws HistoryException {
    return connect(settings, InstantSource.system(), false);
  }

  private static DatabaseHistory connect(
      HistorySettings settings, InstantSource clock, boolean mayChange) throws HistoryException {
    Database database =
        settings.isPostgresql()
            ? new PostgresDatabase(settings)
            : new SqliteDatabase(Path.of(settings.location()));
    if (!mayChange && !database.exists()) {
      throw new HistoryException(
          Reason.MISSING, database.name() + ": expected a history, found none");
    }
    Database.Lock lock = database.lock();
    try {
      return connect(settings, clock, mayChange, database);
    } finally {
      lock.close();
    }
  }

  private static DatabaseHistory connect(
      HistorySettings settings, InstantSource clock, boolean mayChange, Database database)
      throws HistoryException {
    HikariDataSource connections = database.connect();
    try {
      Schema schema = new Schema(database, connections);
      if (mayChange) {
        schema.migrate();
      } else {
        schema.requireCurrent();
      }
      String name = name(database, Jdbi.create(connections), mayChange);
      AudioFolder audio =
          mayChange
              ? AudioFolder.open(settings.audioFolder(), name)
              : AudioFolder.openExisting(settings.audioFolder(), name);
      return new DatabaseHistory(settings, clock, database, connections, audio);
    } catch (HistoryException | RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  /** Returns what the history calls itself, from when it was made. */
  private static String name(Database database, Jdbi jdbi, boolean mayChange)
      throws HistoryException {
    return ask(
        database,
        jdbi,
        handle -> {
          if (mayChange) {
            handle.execute(
                "insert into history (one, id) values (1, ?) on conflict (one) do nothing",
                UUID.randomUUID().toString());
          }
          return handle.select("select id from history").mapTo(String.class).one();
        });
  }

  private static <T> T ask(Database database, Jdbi jdbi, HandleCallback<T, RuntimeException> what)
      throws HistoryException {
    try {
      return jdbi.withHandle(what);
    } catch (JdbiException e) {
      throw database.explain(
          e.getCause() instanceof SQLException cause ? cause : new SQLException(e));
    }
  }

  private <T> T ask(HandleCallback<T, RuntimeException> what) throws HistoryException {
    return ask(database, jdbi, what);
  }

  @Override
  public void keep(String id, Instant createdAt, JsonObject result, AudioSource recording)
      throws HistoryException {
    AudioContainer container = audio.write(id, recording);
    boolean kept = false;
    try {
      ask(
          handle ->
              handle
                  .createUpdate(
                      "insert into analysis (id, created_at, file, container, summary, result)"
                          + " values (:id, :created, :file, :container, :summary, :result)")
                  .bind("id", id)
                  .bind("created", DatabaseTime.micros(createdAt))
                  .bind("file", result.get("file").getAsString())
                  .bind("container", container.word())
                  .bind("summary", JobJson.withoutDetails(result).toString())
                  .bind("result", result.toString())
                  .execute());
      kept = true;
    } finally {
      if (!kept) {
        audio.delete(id, container);
      }
    }
  }

  @Override
  public Optional<KeptAnalysis> find(String id) throws HistoryException {
    return ask(handle -> find(handle, id));
  }

  private Optional<KeptAnalysis> find(Handle handle, String id) {
    return handle
        .createQuery(
            "select %s, a.result as heard from analysis a".formatted(KeptAnalysisMapper.COLUMNS)
                + " left join correction c on c.analysis_id = a.id where a.id = :id")
        .bind("id", id)
        .map(analyses)
        .findOne();
  }

  @Override
  public Page list(int limit, Cursor from) throws HistoryException {
    return page("left join", limit, from);
  }

  @Override
  public Page listCorrected(int limit, Cursor from) throws HistoryException {
    return page("join", limit, from);
  }

  private Page page(String join, int limit, Cursor from) throws HistoryException {
    String sql =
        "select %s, a.summary as heard from analysis a %s correction c on c.analysis_id = a.id"
                .formatted(KeptAnalysisMapper.COLUMNS, join)
            + " where (a.created_at, a.id) < (:created, :id)"
            + " order by a.created_at desc, a.id desc limit :limit";
    List<KeptAnalysis> found =
        ask(
            handle -> {
              try (Query query = handle.createQuery(sql)) {
                return query
                    .bind("created", from.createdMicros())
                    .bind("id", from.id())
                    .bind("limit", limit + 1)
                    .map(analyses)
                    .list();
              }
            });
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    KeptAnalysis last = found.get(limit - 1);
    return new Page(
        found.subList(0, limit),
        Optional.of(new Cursor(DatabaseTime.micros(last.createdAt()), last.id())));
  }

  @Override
  public Map<String, Integer> countCorrections() throws HistoryException {
    return ask(
        handle -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          handle
              .createQuery(
                  "select emotion, count(*) as clips from correction group by emotion"
                      + " order by emotion")
              .map((row, context) -> Map.entry(row.getString("emotion"), row.getInt("clips")))
              .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
          return counts;
        });
  }

  @Override
  public Optional<KeptAnalysis> correct(String id, Correction correction) throws HistoryException {
    return ask(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "insert into correction (analysis_id, emotion, speaker, corrected_at)"
                          + " select a.id, :emotion, :speaker, :corrected from analysis a"
                          + " where a.id = :id on conflict (analysis_id) do update set"
                          + " emotion = excluded.emotion, speaker = excluded.speaker,"
                          + " corrected_at = excluded.corrected_at")
                  .bind("id", id)
                  .bind("emotion", correction.emotion())
                  .bind("speaker", correction.speaker())
                  .bind("corrected", DatabaseTime.micros(correction.correctedAt()))
                  .execute();
          return changed == 0 ? Optional.empty() : find(handle, id);
        });
  }

  @Override
  public boolean uncorrect(String id) throws HistoryException {
    return ask(handle -> handle.execute("delete from correction where analysis_id = ?", id) > 0);
  }

  @Override
  public Optional<KeptAudio> audio(String id) throws HistoryException {
    return container(id)
        .map(container -> new KeptAudio(audio.path(id, container), container))
        .filter(KeptAudio::exists);
  }

  private Optional<AudioContainer> container(String id) throws HistoryException {
    return ask(
        handle ->
            handle
                .select("select container from analysis where id = ?", id)
                .mapTo(String.class)
                .findOne()
                .map(AudioContainer::named));
  }

  @Override
  public boolean delete(String id) throws HistoryException {
    Optional<AudioContainer> container = container(id);
    if (container.isEmpty()) {
      return false;
    }
    boolean deleted;
    try {
      deleted = deleteRow(id);
    } catch (HistoryException e) {
      if (e.reason() != Reason.NO_SPACE) {
        throw e;
      }
      // To delete takes room too: that of the recording.
      audio.delete(id, container.get());
      deleted = deleteRow(id);
    }
    audio.delete(id, container.get());
    return deleted;
  }

  private boolean deleteRow(String id) throws HistoryException {
    return ask(handle -> handle.execute("delete from analysis where id = ?", id) > 0);
  }

  /** Removes analyses that are too old, and recordings that a crash has left over. */
  synchronized void removeOld() throws HistoryException {
    long oldest = DatabaseTime.micros(clock.instant().minus(settings.retention()));
    List<String> old;
    do {
      old =
          ask(
              handle ->
                  handle
                      .select(
                          "select id from analysis where created_at < ? limit ?", oldest, AT_ONCE)
                      .mapTo(String.class)
                      .list());
      for (String id : old) {
        delete(id);
      }
    } while (old.size() == AT_ONCE);
    // Files have the time of the system, whatever the clock says.
    audio.sweep(Instant.now().minus(GRACE), this::known);
  }

  @Override
  public Set<String> known(List<String> ids) throws HistoryException {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return ask(
        handle -> {
          try (Query query = handle.createQuery("select id from analysis where id in (<ids>)")) {
            return new HashSet<>(query.bindList("ids", ids).mapTo(String.class).list());
          }
        });
  }

  private void removeOldNowAndHourly() {
    TimerTask removal =
        new TimerTask() {
          @Override
          public void run() {
            try {
              removeOld();
            } catch (HistoryException | RuntimeException e) {
              // It is tried again in an hour.
              LOG.warn("old analyses were not removed: {}", e.getMessage());
            }
          }
        };
    removals.schedule(removal, 0, BETWEEN_REMOVALS.toMillis());
  }

  @Override
  public void close() {
    removals.cancel();
    connections.close();
  }
}
