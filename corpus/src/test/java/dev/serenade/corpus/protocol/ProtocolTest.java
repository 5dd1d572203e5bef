package dev.serenade.corpus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.UtteranceBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {

  private static final List<Emotion> CLASSES =
      List.of(Emotion.ANGRY, Emotion.HAPPY, Emotion.NEUTRAL, Emotion.SAD);

  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

  private static Corpus corpus(
      List<String> speakers, int clipsEach, BiConsumer<Integer, UtteranceBuilder> further) {
    List<Utterance> clips = new ArrayList<>();
    for (String speaker : speakers) {
      for (int c = 0; c < clipsEach; c++) {
        String id = speaker + "-" + c;
        UtteranceBuilder clip =
            Utterance.builder(id, Path.of(id), speaker, CLASSES.get(c % CLASSES.size()));
        further.accept(c, clip);
        clips.add(clip.build());
      }
    }
    return Corpus.of("made", Path.of("."), clips, List.of());
  }

  private static Corpus corpus(List<String> speakers, int clipsEach) {
    return corpus(speakers, clipsEach, (c, clip) -> {});
  }

  private static List<String> speakers(int count) {
    return IntStream.range(0, count).mapToObj("s%02d"::formatted).toList();
  }

  private static List<String> shemoSpeakers() {
    return Stream.concat(
            IntStream.rangeClosed(1, 31).mapToObj("F%02d"::formatted),
            IntStream.rangeClosed(1, 56).mapToObj("M%02d"::formatted))
        .toList();
  }

  private static Set<String> speakersOf(List<Utterance> clips) {
    return clips.stream().map(Utterance::speaker).collect(Collectors.toSet());
  }

  /** What holds for the folds of every protocol that tests each clip once. */
  private static void assertPartition(Corpus corpus, List<Fold> folds) {
    List<Utterance> tested = new ArrayList<>();
    for (Fold fold : folds) {
      tested.addAll(fold.test());
      assertThat(fold.sharedSpeakers()).isEmpty();
      assertThat(fold.validation()).isNotEmpty();
      assertThat(speakersOf(fold.train()))
          .doesNotContainAnyElementsOf(speakersOf(fold.validation()));
      List<Utterance> all = new ArrayList<>(fold.train());
      all.addAll(fold.validation());
      all.addAll(fold.test());
      assertThat(all).containsExactlyInAnyOrderElementsOf(corpus.utterances());
    }
    assertThat(tested).containsExactlyInAnyOrderElementsOf(corpus.utterances());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leave-one-speaker-out",
        "speaker-folds:5",
        "session-folds",
        "paper",
        "as-released",
        "as-released:speaker-folds:5",
        "as-released:given:speakers-shared",
        "given",
        "given:speakers-shared"
      })
  void aNameIsParsedToTheProtocolOfThatName(String name) throws Exception {
    assertThat(Protocol.parse(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loso",
        "speaker-folds:",
        "speaker-folds:x",
        "speaker-folds:1",
        "as-released:",
        "as-released:loso",
        "as-released:as-released",
        ""
      })
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> Protocol.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void eachSpeakerIsLeftOutOnce() throws Exception {
    Corpus corpus = corpus(speakers(7), 8);
    List<Fold> folds = new LeaveOneSpeakerOut().folds(corpus, 0.2, 1);
    assertPartition(corpus, folds);
    assertThat(folds).extracting(Fold::name).contains("speaker s00").hasSize(7);
  }

  @Test
  void speakerFoldsAreBalancedInClipsClassesAndSexes() throws Exception {
    List<String> speakers = speakers(20);
    Corpus corpus =
        corpus(
            speakers,
            12,
            (c, clip) -> clip.sex(clip.build().speaker().compareTo("s10") < 0 ? "female" : "male"));

    List<Fold> folds = new SpeakerFolds(5).folds(corpus, 0.2, 1);

    assertPartition(corpus, folds);
    for (Fold fold : folds) {
      assertThat(fold.test()).hasSize(48);
      assertThat(fold.test().stream().filter(u -> u.sex().orElse("").equals("male"))).hasSize(24);
    }
  }

  @Test
  void speakerFoldsOfUnequalSpeakersAreNearlyEqual() throws Exception {
    String given = System.getProperty("test.seed", "");
    long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    Random random = new Random(seed);
    List<Utterance> clips = new ArrayList<>();
    for (String speaker : speakers(60)) {
      clips.addAll(corpus(List.of(speaker), 8 + 4 * random.nextInt(10)).utterances());
    }
    Corpus corpus = Corpus.of("made", Path.of("."), clips, List.of());

    List<Fold> folds = new SpeakerFolds(5).folds(corpus, 0.2, seed);

    assertPartition(corpus, folds);
    for (Fold fold : folds) {
      assertThat((double) fold.test().size() / clips.size())
          .as("share of a fold, -Dtest.seed=%d", seed)
          .isBetween(0.17, 0.23);
    }
  }

  @Test
  void theTestedSpeakersDoNotDependOnTheSeed() throws Exception {
    Corpus corpus = corpus(speakers(12), 8);
    Protocol protocol = new SpeakerFolds(3);
    assertThat(protocol.folds(corpus, 0.2, 1))
        .extracting(Fold::test)
        .isEqualTo(protocol.folds(corpus, 0.2, 2).stream().map(Fold::test).toList());
    assertThat(protocol.folds(corpus, 0.2, 1)).isEqualTo(protocol.folds(corpus, 0.2, 1));
  }

  @Test
  void tooFewSpeakersAreRefused() {
    assertThatThrownBy(() -> new SpeakerFolds(5).folds(corpus(speakers(4), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("5 speakers or more expected, found 4");
    assertThatThrownBy(() -> new LeaveOneSpeakerOut().folds(corpus(speakers(2), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("two training speakers");
    assertThatThrownBy(() -> new LeaveOneSpeakerOut().folds(corpus(speakers(1), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("clips to train on");
    assertThatThrownBy(() -> new LeaveOneSpeakerOut().folds(corpus(List.of(), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("found none");
  }

  @Test
  void sessionsAreLeftOutInTurn() throws Exception {
    Corpus corpus =
        corpus(speakers(6), 4, (c, clip) -> clip.session(clip.build().speaker().substring(0, 2)));
    assertThatThrownBy(() -> new SessionFolds().folds(corpus(speakers(6), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("found none for 24 of 24, such as s00-0");
    assertThatThrownBy(() -> new SessionFolds().folds(corpus, 0.2, 1))
        .as("one session only")
        .isInstanceOf(ProtocolException.class);
    Corpus three =
        corpus(
            speakers(6),
            4,
            (c, clip) ->
                clip.session("" + Integer.parseInt(clip.build().speaker().substring(1)) / 2));
    assertPartition(three, new SessionFolds().folds(three, 0.2, 1));
  }

  @Test
  void aSpeakerInTwoSessionsIsRefusedByName() {
    Corpus corpus = corpus(speakers(6), 4, (c, clip) -> clip.session("" + c % 2));
    assertThatThrownBy(() -> new SessionFolds().folds(corpus, 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(
            "session-folds, fold session 0: no speaker may be in training and in test, found 6 who"
                + " are: s00, s01, s02, s03, s04, ...");
  }

  @Test
  void theGroupsOfThePaperAreThoseItLists() throws Exception {
    Corpus corpus = corpus(shemoSpeakers(), 4);

    List<Fold> folds = new PaperFolds().folds(corpus, 0.1, 1);

    assertPartition(corpus, folds);
    assertThat(folds).hasSize(10);
    assertThat(speakersOf(folds.get(0).test()))
        .isEqualTo(Set.of("F01", "F02", "F03", "M01", "M02", "M03", "M04", "M05", "M06"));
    assertThat(speakersOf(folds.get(6).test()))
        .isEqualTo(Set.of("F19", "F20", "F21", "M37", "M38", "M39", "M40", "M41"));
    assertThat(speakersOf(folds.get(9).test()))
        .isEqualTo(Set.of("F28", "F29", "F30", "F31", "M52", "M53", "M54", "M55", "M56"));
  }

  @Test
  void theFoldsOfThePaperForIemocapAreItsSessions() throws Exception {
    List<String> speakers =
        IntStream.rangeClosed(1, 5)
            .boxed()
            .flatMap(
                session -> Stream.of("Ses0%dF".formatted(session), "Ses0%dM".formatted(session)))
            .toList();
    Corpus corpus = corpus(speakers, 4);

    List<Fold> folds = new PaperFolds().folds(corpus, 0.2, 1);

    assertPartition(corpus, folds);
    assertThat(speakersOf(folds.get(2).test())).isEqualTo(Set.of("Ses03F", "Ses03M"));
  }

  @Test
  void thePaperKnowsNoOtherCorpus() {
    assertThatThrownBy(() -> new PaperFolds().folds(corpus(speakers(6), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("found s00");
    assertThatThrownBy(() -> new PaperFolds().folds(corpus(List.of("F01", "F32"), 4), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("found F32");
  }

  @Test
  void asReleasedHasThePapersTestsAndNoValidation() throws Exception {
    Corpus corpus = corpus(shemoSpeakers(), 4);
    Protocol released = new AsReleased();

    List<Fold> folds = released.folds(corpus, 0.1, 1);

    assertThat(released.choosesOnTest()).isTrue();
    assertThat(folds).allSatisfy(fold -> assertThat(fold.validation()).isEmpty());
    assertThat(folds.stream().map(Fold::test).toList())
        .isEqualTo(new PaperFolds().folds(corpus, 0.1, 1).stream().map(Fold::test).toList());
  }

  @Test
  void asReleasedDividesAnyCorpusAndTrainsOnWhatWouldBeHeldOut() throws Exception {
    Corpus corpus =
        corpus(
            speakers(6),
            4,
            (c, clip) ->
                clip.split(SPLITS.get(Integer.parseInt(clip.build().speaker().substring(1)) / 2)));

    List<Fold> given = Protocol.parse("as-released:given").folds(corpus, 0.2, 1);
    List<Fold> folds = Protocol.parse("as-released:speaker-folds:3").folds(corpus, 0.2, 1);

    assertThat(given).hasSize(1);
    assertThat(speakersOf(given.get(0).train())).isEqualTo(Set.of("s00", "s01", "s02", "s03"));
    assertThat(given.get(0).validation()).isEmpty();
    assertThat(folds).hasSize(3).allSatisfy(fold -> assertThat(fold.validation()).isEmpty());
    assertThat(folds.stream().map(Fold::test).toList())
        .isEqualTo(new SpeakerFolds(3).folds(corpus, 0.2, 1).stream().map(Fold::test).toList());
  }

  @Test
  void theGivenSplitIsKeptAndItsValidationToo() throws Exception {
    Corpus corpus =
        corpus(
            speakers(6),
            4,
            (c, clip) ->
                clip.split(SPLITS.get(Integer.parseInt(clip.build().speaker().substring(1)) / 2)));

    List<Fold> folds = new GivenSplit(false).folds(corpus, 0.2, 1);

    assertThat(folds).hasSize(1);
    assertThat(speakersOf(folds.get(0).train())).isEqualTo(Set.of("s00", "s01"));
    assertThat(speakersOf(folds.get(0).validation())).isEqualTo(Set.of("s02", "s03"));
    assertThat(speakersOf(folds.get(0).test())).isEqualTo(Set.of("s04", "s05"));
  }

  @Test
  void aGivenSplitThatSharesSpeakersIsRefusedUnlessTheUserSaysSo() throws Exception {
    Corpus corpus = corpus(speakers(6), 6, (c, clip) -> clip.split(SPLITS.get(c % 3)));

    assertThatThrownBy(() -> new GivenSplit(false).folds(corpus, 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("no speaker may be in training and in test");
    Protocol shared = new GivenSplit(true);
    assertThat(shared.folds(corpus, 0.2, 1).get(0).sharedSpeakers()).hasSize(6);
    assertThat(shared.statement()).contains("may also be in training");
  }

  @Test
  void aClipWithoutASplitIsNamed() {
    assertThatThrownBy(() -> new GivenSplit(false).folds(corpus(speakers(2), 1), 0.2, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("found none for s00-0");
  }

  @Test
  void noTwoProtocolsHaveTheSameStatement() throws Exception {
    Set<String> statements = new HashSet<>();
    for (String name :
        List.of(
            "leave-one-speaker-out",
            "speaker-folds:5",
            "session-folds",
            "paper",
            "as-released",
            "as-released:speaker-folds:5",
            "given",
            "given:speakers-shared")) {
      assertThat(statements.add(Protocol.parse(name).statement())).isTrue();
    }
  }
}
