package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.serenade.server.history.HistoryException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds for every history, whichever database it is in. */
abstract class HistoryTest extends HistoryPlace {

  @Test
  final void whatWasKeptIsFoundAgain() throws Exception {
    History history = open();
    JsonObject result = result("Ärger \"1\"\u2028; drop table analysis.wav");
    history.keep("some-id_1", NOON, result, audio(WAV));

    KeptAnalysis found = history.find("some-id_1").orElseThrow();
    assertThat(found)
        .isEqualTo(
            new KeptAnalysis(
                "some-id_1",
                "Ärger \"1\"\u2028; drop table analysis.wav",
                NOON,
                result,
                Optional.empty(),
                true));
    KeptAudio kept = history.audio("some-id_1").orElseThrow();
    assertThat(kept.container()).isEqualTo(AudioContainer.WAV);
    assertThat(kept.size()).isEqualTo(WAV.length());
    try (InputStream bytes = kept.open(8)) {
      assertThat(new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1))
          .isEqualTo(WAV.substring(8));
    }
    assertThat(files()).containsExactly("some-id_1.wav");
  }

  @Test
  final void whatIsKeptOutlivesTheServer() throws Exception {
    History first = open();
    keep(first, "a", NOON);
    first.correct("a", sad(Optional.of("anna")));
    KeptAnalysis before = first.find("a").orElseThrow();
    first.close();

    assertThat(open().find("a")).contains(before);
  }

  @Test
  final void whatWasNeverKeptIsNotFound() throws Exception {
    History history = open();

    for (String id : List.of("none", "../history", "'; --", "")) {
      assertThat(history.find(id)).isEmpty();
      assertThat(history.audio(id)).isEmpty();
      assertThat(history.correct(id, sad(Optional.empty()))).isEmpty();
      assertThat(history.uncorrect(id)).isFalse();
      assertThat(history.delete(id)).isFalse();
    }
  }

  @Test
  final void pagesAreNewestFirstAndMissNothingWhileAnalysesComeAndGo() throws Exception {
    History history = open();
    for (int i = 0; i < 7; i++) {
      // Three were asked for at the same moment.
      keep(history, "id" + i, NOON.plusSeconds(i < 3 ? 0 : i));
    }

    Page first = history.list(3, Cursor.START);
    assertThat(ids(first)).containsExactly("id6", "id5", "id4");
    keep(history, "newer", NOON.plusSeconds(100));
    history.delete("id4");
    Page second = history.list(3, Cursor.parse(first.next().orElseThrow().text()));
    assertThat(ids(second)).containsExactly("id3", "id2", "id1");
    Page third = history.list(3, second.next().orElseThrow());
    assertThat(ids(third)).containsExactly("id0");
    assertThat(third.next()).isEmpty();
  }

  @Test
  final void aListingLeavesOutDetails() throws Exception {
    History history = open();
    keep(history, "a", NOON);

    JsonObject listed = history.list(1, Cursor.START).analyses().get(0).result();
    assertThat(listed.keySet()).containsExactly("file", "emotion", "confidence");
    assertThat(history.find("a").orElseThrow().result().has("timeline")).isTrue();
  }

  @Test
  final void theLastCorrectionCounts() throws Exception {
    History history = open();
    keep(history, "a", NOON);
    keep(history, "b", NOON);
    keep(history, "c", NOON.plusSeconds(1));
    assertThat(history.countCorrections()).isEmpty();

    history.correct("a", new Correction("happy", Optional.of("anna"), NOON));
    Correction last = new Correction("sad", Optional.empty(), NOON.plusMillis(1));
    KeptAnalysis corrected = history.correct("a", last).orElseThrow();
    history.correct("c", sad(Optional.of("Zoë")));

    assertThat(corrected.correction()).contains(last);
    assertThat(history.find("a")).contains(corrected);
    assertThat(history.countCorrections()).isEqualTo(Map.of("sad", 2));
    assertThat(ids(history.listCorrected(10, Cursor.START))).containsExactly("c", "a");
    assertThat(history.uncorrect("a")).isTrue();
    assertThat(history.uncorrect("a")).isFalse();
    assertThat(history.find("a").orElseThrow().correction()).isEmpty();
    assertThat(ids(history.listCorrected(10, Cursor.START))).containsExactly("c");
  }

  @Test
  final void deletionRemovesRecordingAndCorrectionToo() throws Exception {
    History history = open();
    keep(history, "a", NOON);
    keep(history, "b", NOON);
    history.correct("a", sad(Optional.empty()));

    assertThat(history.delete("a")).isTrue();
    assertThat(history.find("a")).isEmpty();
    assertThat(history.audio("a")).isEmpty();
    assertThat(history.countCorrections()).isEmpty();
    assertThat(files()).containsExactly("b.wav");
  }

  @Test
  final void whatIsTooOldIsRemoved() throws Exception {
    History history = open();
    for (int i = 0; i < 1203; i++) {
      keep(history, "old" + i, NOON.minusSeconds(i));
    }
    keep(history, "young", NOON.plusSeconds(1));
    history.correct("old7", sad(Optional.empty()));
    history.close();

    DatabaseHistory later = open(NOON.plus(settings().retention()).plusMillis(1));
    // A server does so by itself; here it is waited for.
    later.removeOld();
    assertThat(ids(later.list(10, Cursor.START))).containsExactly("young");
    assertThat(later.countCorrections()).isEmpty();
    assertThat(files()).containsExactly("young.wav");
  }

  @Test
  final void aServerRemovesWhatIsTooOldByItself() throws Exception {
    History history = open();
    keep(history, "old", NOON);
    history.close();

    History later = open(NOON.plus(settings().retention()).plusMillis(1));
    for (int i = 0; i < 200 && later.find("old").isPresent(); i++) {
      Thread.sleep(50);
    }
    assertThat(later.find("old")).isEmpty();
  }

  @Test
  final void recordingsThatACrashLeftOverAreSweptOnceTheyAreOld() throws Exception {
    Instant now = Instant.now();
    DatabaseHistory history = open(now);
    keep(history, "kept", now);
    Path audio = settings().audioFolder();
    for (String name :
        List.of("kept.wav", "orphan.flac", "half.part", "kept.part", "notes.of me")) {
      Path file = audio.resolve(name);
      if (!Files.exists(file)) {
        Files.writeString(file, "x");
      }
      Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofHours(2))));
    }
    Files.writeString(audio.resolve("coming.part"), "x");
    Files.writeString(audio.resolve("coming2.wav"), "x");

    history.removeOld();

    assertThat(files()).containsExactly("coming.part", "coming2.wav", "kept.wav", "notes.of me");
  }

  @Test
  final void aRecordingThatCannotBeReadLeavesNothing() throws Exception {
    History history = open();
    AudioSource broken =
        () ->
            new InputStream() {
              private int left = 100_000;

              @Override
              public int read() throws IOException {
                left--;
                if (left < 0) {
                  throw new IOException("torn");
                }
                return 'x';
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                  return 0;
                }
                target[offset] = (byte) read();
                return 1;
              }
            };

    assertThatThrownBy(() -> history.keep("a", NOON, result("a"), broken))
        .isInstanceOf(HistoryException.class)
        .hasMessageEndingWith(": torn");
    assertThat(history.find("a")).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  final void anAnalysisWhoseRowCannotBeWrittenLeavesNoRecording() throws Exception {
    History history = open();
    execute(settings(), "drop table correction");
    execute(settings(), "drop table analysis");

    assertThatThrownBy(() -> keep(history, "a", NOON)).isInstanceOf(HistoryException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  final void whereTheRecordingIsGoneTheAnalysisSaysSo() throws Exception {
    History history = open();
    keep(history, "a", NOON);
    Files.delete(settings().audioFolder().resolve("a.wav"));

    assertThat(history.find("a").orElseThrow().hasAudio()).isFalse();
    assertThat(history.audio("a")).isEmpty();
    assertThat(history.delete("a")).isTrue();
  }

  @Test
  final void aNameOfARequestNeverBecomesAPath() throws Exception {
    History history = open();

    assertThatThrownBy(() -> keep(history, "../a", NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  final void manyThreadsKeepCorrectListAndDelete() throws Exception {
    History history = open();
    History other = open();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Set<String>>> work = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String prefix = "t" + t + "-";
        History one = t % 2 == 0 ? history : other;
        work.add(() -> keepMany(one, prefix));
      }
      Set<String> expected = new HashSet<>();
      for (Future<Set<String>> some : threads.invokeAll(work)) {
        expected.addAll(some.get());
      }
      assertThat(ids(history.list(1000, Cursor.START)))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(history.countCorrections()).isEqualTo(Map.of("sad", expected.size()));
      assertThat(files()).hasSameSizeAs(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Set<String> keepMany(History history, String prefix) throws HistoryException {
    Set<String> kept = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      String id = prefix + i;
      keep(history, id, NOON.plusMillis(i));
      assertThat(history.correct(id, sad(Optional.empty()))).isPresent();
      assertThat(history.list(5, Cursor.START).analyses()).isNotEmpty();
      if (i % 5 == 0) {
        assertThat(history.delete(id)).isTrue();
      } else {
        kept.add(id);
      }
    }
    return kept;
  }

  @Test
  final void severalServersMayStartAtOnceOnANewHistory() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<DatabaseHistory>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(() -> DatabaseHistory.open(settings(), InstantSource.fixed(NOON)));
      }
      for (Future<DatabaseHistory> start : threads.invokeAll(starts)) {
        opened.add(start.get());
      }
      keep(opened.get(0), "a", NOON);
      assertThat(opened.get(3).find("a")).isPresent();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  final void aHistoryOfANewerSerenadeIsLeftAlone() throws Exception {
    open().close();
    execute(
        settings(),
        "insert into serenade_schema (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success)"
            + " values (9, '7', 'later', 'SQL', 'V7__later.sql', 1, 'me', 1, true)");

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HistoryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_VERSION))
        .hasMessageContaining(
            "expected a history of version at most 1, found 7: written by a newer Serenade");
    assertThatThrownBy(() -> History.openExisting(settings()))
        .hasMessageContaining("expected a history of version 1, found 7");
  }

  @Test
  final void aHistoryIsReadBesideTheServerThatUsesIt() throws Exception {
    assertThatThrownBy(() -> History.openExisting(settings()))
        .isInstanceOfSatisfying(
            HistoryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING))
        .hasMessageEndingWith("expected a history, found none");
    assertThat(settings().audioFolder()).doesNotExist();

    History server = open();
    keep(server, "a", NOON.minus(Duration.ofDays(1000)));
    try (History reader = History.openExisting(settings())) {
      assertThat(reader.find("a")).isEqualTo(server.find("a"));
      keep(server, "b", NOON);
      assertThat(reader.find("b")).isPresent();
    }
  }

  @Test
  final void recordingsOfAnotherHistoryAreRefusedAndLeftAlone() throws Exception {
    History history = open();
    keep(history, "a", NOON);
    history.close();
    HistorySettings other = newSettings();
    HistorySettings mixed =
        new HistorySettings(
            other.location(), Optional.of(settings().audioFolder()), other.retention());

    assertThatThrownBy(() -> History.open(mixed))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("expected the recordings of history ")
        .hasMessageContaining("found those of ");
    Files.delete(settings().audioFolder().resolve(AudioFolder.OWNER));
    assertThatThrownBy(() -> History.open(mixed))
        .hasMessageContaining("found a.wav without a file history-id");
    assertThat(files()).containsExactly("a.wav");
  }

  @Test
  final void aFileInPlaceOfTheFolderOfRecordingsIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    HistorySettings wrong =
        new HistorySettings(settings().location(), Optional.of(file), settings().retention());

    assertThatThrownBy(() -> History.open(wrong))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("expected a folder, found a file");
  }
}
