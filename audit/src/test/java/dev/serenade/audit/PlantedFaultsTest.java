package dev.serenade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import dev.serenade.audio.effect.EffectChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of fault, planted in a clean corpus, is found; without it there is no warning. */
@Tag("slow")
class PlantedFaultsTest {

  @TempDir private Path folder;
  private MadeUpCorpus corpus;

  @BeforeEach
  void writeCleanCorpus() throws IOException {
    corpus = MadeUpCorpus.clean(folder);
  }

  private static Finding worst(AuditResult result, String check) {
    return result.findings().stream()
        .filter(f -> f.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private MadeUpCorpus.Row row(String path) {
    return corpus.rows().stream().filter(r -> r.path().equals(path)).findFirst().orElseThrow();
  }

  private void change(UnaryOperator<MadeUpCorpus.Row> change) {
    corpus.rows().replaceAll(change);
  }

  private static Waveform joined(float[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return Waveform.of(all);
  }

  @Test
  void aCleanCorpusRaisesNoWarning() throws Exception {
    AuditResult result = corpus.audit();

    assertThat(result.findings(Severity.FATAL)).isEmpty();
    assertThat(result.findings(Severity.WARNING)).isEmpty();
    assertThat(result.findings(Severity.OK)).hasSizeGreaterThan(10);
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void speakersOnBothSidesAreFatal() throws Exception {
    change(r -> r.split(r.path().endsWith("-3.wav") ? "test" : "train"));
    AuditResult shared = corpus.audit();
    Finding finding = worst(shared, SplitCheck.SPEAKERS);
    assertThat(finding.severity()).isEqualTo(Severity.FATAL);
    assertThat(finding.measure()).containsEntry("speakers", (double) MadeUpCorpus.SPEAKERS);
    assertThat(finding.clips())
        .hasSize(MadeUpCorpus.SPEAKERS * MadeUpCorpus.EMOTIONS.size())
        .allMatch(clip -> clip.endsWith("-3.wav"));

    change(r -> r.split(r.speaker().compareTo("s5") > 0 ? "test" : "train"));
    assertThat(worst(corpus.audit(), SplitCheck.SPEAKERS).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void speakersInTrainingAndValidationAreAWarning() throws Exception {
    change(
        r ->
            r.split(
                r.speaker().equals("s7")
                    ? "test"
                    : r.path().endsWith("-3.wav") ? "validation" : "train"));
    AuditResult result = corpus.audit();

    assertThat(worst(result, SplitCheck.VALIDATION).severity()).isEqualTo(Severity.WARNING);
    assertThat(worst(result, SplitCheck.SPEAKERS).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void equalSamplesOfOneSpeakerAreAWarning() throws Exception {
    MadeUpCorpus.Row original = row("s1-sad-2.wav");
    corpus.add(original, "again.wav", corpus.sound(original));
    AuditResult result = corpus.audit();
    Finding finding = worst(result, CopiesCheck.EXACT);

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.clips()).containsExactlyInAnyOrder("s1-sad-2.wav", "again.wav");
    assertThat(worst(result, CopiesCheck.NEAR).severity()).isEqualTo(Severity.OK);
    assertThat(result.findings(Severity.FATAL)).isEmpty();
  }

  @Test
  void equalSamplesOnBothSidesAreFatalAndOneSpeakerUnderTwoNames() throws Exception {
    MadeUpCorpus.Row original = row("s1-sad-2.wav");
    corpus.add(original.speaker("s2"), "again.wav", corpus.sound(original));
    AuditResult result = corpus.audit();

    assertThat(worst(result, CopiesCheck.EXACT).severity()).isEqualTo(Severity.FATAL);
    Finding names = worst(result, CopiesCheck.SPEAKER_NAMES);
    assertThat(names.severity()).isEqualTo(Severity.FATAL);
    assertThat(names.message()).contains("s1 and s2");
    assertThat(names.clips()).containsExactlyInAnyOrder("s1-sad-2.wav", "again.wav");
  }

  @Test
  void oneRecordingWithTwoLabelsIsAWarning() throws Exception {
    MadeUpCorpus.Row original = row("s1-sad-2.wav");
    corpus.add(original.emotion("angry"), "again.wav", corpus.sound(original));
    Finding finding = worst(corpus.audit(), CopiesCheck.LABELS);

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.message()).contains("angry and sad");
  }

  private static Arguments copy(String name, UnaryOperator<Waveform> maker) {
    return Arguments.of(name, maker);
  }

  private static Waveform effect(String effects, Waveform sound) {
    return EffectChain.parse(effects).apply(sound, 1);
  }

  static Stream<Arguments> copies() {
    return Stream.of(
        copy("re-levelled", sound -> effect("gain:-14", sound)),
        copy("shifted", sound -> joined(new float[777], sound.toArray())),
        copy("telephoned", sound -> effect("telephone", sound)),
        copy("noisy", sound -> effect("noise:20", sound)),
        copy("equalised", sound -> AudioFilter.of("bass=g=8,treble=g=-6").apply(sound)),
        copy("cut", s -> s.slice(s.length() / 8 + 77, s.length() * 7 / 8)),
        copy(
            "cut, shifted, quieter, by telephone",
            s ->
                effect(
                    "gain:-10+telephone",
                    joined(new float[3333], s.slice(0, s.length() * 3 / 4).toArray()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("copies")
  void copiesOfOtherSoundAreFound(String name, UnaryOperator<Waveform> maker) throws Exception {
    MadeUpCorpus.Row original = row("s3-angry-1.wav");
    corpus.add(original, "copy.wav", maker.apply(corpus.sound(original)));
    Finding finding = worst(corpus.audit(), CopiesCheck.NEAR);

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.clips()).containsExactlyInAnyOrder("s3-angry-1.wav", "copy.wav");
  }

  @Test
  void theShiftAndTheLevelOfACopyAreMeasured() throws Exception {
    MadeUpCorpus.Row original = row("s3-angry-1.wav");
    Waveform later = joined(new float[1600], corpus.sound(original).toArray());
    corpus.add(original, "a-copy.wav", effect("gain:-6", later));
    Finding finding = worst(corpus.audit(), CopiesCheck.NEAR);

    // The corpus lists the copy second.
    assertThat(finding.measure().get("shiftSeconds")).isEqualTo(0.1);
    assertThat(finding.measure().get("levelDifferenceDecibels")).isBetween(-6.1, -5.9);
    assertThat(finding.measure().get("correlation")).isGreaterThan(0.99);
  }

  @Test
  void aSpeakerOfOneClassIsAWarning() throws Exception {
    change(r -> r.emotion(MadeUpCorpus.EMOTIONS.get(r.speaker().charAt(1) % 3)));
    Finding finding = worst(corpus.audit(), AssociationCheck.SPEAKER);

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.measure())
        .containsEntry("speakersOfOneClass", (double) MadeUpCorpus.SPEAKERS);
  }

  @Test
  void textsOfOneClassAreAWarningAndAShortcut() throws Exception {
    change(r -> r.text("words for " + r.emotion()));
    AuditResult result = corpus.audit();

    assertThat(worst(result, AssociationCheck.TEXT).severity()).isEqualTo(Severity.WARNING);
    Finding shortcut = worst(result, "shortcut-text");
    assertThat(shortcut.severity()).isEqualTo(Severity.WARNING);
    assertThat(shortcut.measure()).containsEntry("unweightedAverageRecall", 1.0);
  }

  @Test
  void speakersOnBothSidesMakeIdentityAShortcut() throws Exception {
    change(
        r ->
            r.emotion(MadeUpCorpus.EMOTIONS.get(r.speaker().charAt(1) % 3))
                .split(r.path().endsWith("-3.wav") ? "test" : "train"));
    assertThat(worst(corpus.audit(), "shortcut-speaker").severity()).isEqualTo(Severity.WARNING);
  }

  private void rewrite(String emotion, UnaryOperator<Waveform> change) throws IOException {
    for (MadeUpCorpus.Row row : corpus.rows()) {
      if (row.emotion().equals(emotion)) {
        corpus.write(row.path(), change.apply(corpus.sound(row)));
      }
    }
  }

  @Test
  void zerosOfOneClassAreAWarning() throws Exception {
    rewrite("sad", sound -> joined(sound.toArray(), new float[8000]));
    AuditResult result = corpus.audit();

    Finding zeros = worst(result, SilenceCheck.ZEROS);
    assertThat(zeros.severity()).isEqualTo(Severity.WARNING);
    assertThat(zeros.clips()).hasSize(32).allMatch(clip -> clip.contains("sad"));
    assertThat(worst(result, SilenceCheck.TRAILING).severity()).isEqualTo(Severity.WARNING);
    assertThat(worst(result, "shortcut-silence").severity()).isEqualTo(Severity.WARNING);
    assertThat(worst(result, "shortcut-duration").severity()).isEqualTo(Severity.WARNING);
    assertThat(worst(result, "shortcut-level").severity()).isLessThan(Severity.WARNING);
  }

  @Test
  void zerosOfEveryClassAreANote() throws Exception {
    for (String emotion : MadeUpCorpus.EMOTIONS) {
      rewrite(emotion, sound -> joined(sound.toArray(), new float[1600]));
    }
    assertThat(worst(corpus.audit(), SilenceCheck.ZEROS).severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void silenceBeforeOneClassIsAWarning() throws Exception {
    float[] hiss = new float[4800];
    for (int i = 0; i < hiss.length; i++) {
      hiss[i] = (i % 7 - 3) * 5e-5f;
    }
    rewrite("angry", sound -> joined(hiss, sound.toArray()));
    AuditResult result = corpus.audit();

    assertThat(worst(result, SilenceCheck.LEADING).severity()).isEqualTo(Severity.WARNING);
    assertThat(worst(result, SilenceCheck.TRAILING).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void theLevelOfAClassInTheMiddleIsAShortcut() throws Exception {
    rewrite("angry", sound -> effect("gain:12", sound));
    rewrite("sad", sound -> effect("gain:-12", sound));
    Finding level = worst(corpus.audit(), "shortcut-level");

    assertThat(level.severity()).isEqualTo(Severity.WARNING);
    assertThat(level.measure().get("unweightedAverageRecall")).isGreaterThan(0.8);
  }

  @Test
  void theTiltOfAClassIsAShortcut() throws Exception {
    // Speakers differ by 5 dB an octave among themselves: 12 dB once would drown in that.
    AudioFilter bright = AudioFilter.of("treble=g=12:f=1500,treble=g=12:f=1500,volume=-12dB");
    rewrite("angry", bright::apply);
    assertThat(worst(corpus.audit(), "shortcut-tilt").severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void aClipThatCannotBeReadIsAFindingAndTheRestGoesOn() throws Exception {
    Files.writeString(corpus.file("s0-sad-0.wav"), "no sound");
    Files.delete(corpus.file("s0-sad-1.wav"));
    corpus.write("s0-sad-2.wav", Waveform.of(new float[16_000]));
    AuditResult result = corpus.audit();

    assertThat(worst(result, ReadingCheck.UNREADABLE).clips()).containsExactly("s0-sad-0.wav");
    assertThat(worst(result, ReadingCheck.LEFT_OUT).clips()).containsExactly("s0-sad-1.wav");
    assertThat(worst(result, ReadingCheck.EMPTY_SOUND).clips()).containsExactly("s0-sad-2.wav");
    assertThat(result.findings(Severity.WARNING)).hasSize(3);
    assertThat(result.isComplete()).isFalse();
  }

  @Test
  void aSingleSpeakerIsANote() throws Exception {
    corpus.rows().removeIf(r -> !r.speaker().equals("s0"));
    AuditResult result = corpus.audit();

    assertThat(worst(result, SplitCheck.SPEAKERS).severity()).isEqualTo(Severity.NOTE);
    assertThat(result.shortcuts()).isEmpty();
  }

  @Test
  void theSameAuditGivesTheSameBytes() throws Exception {
    List<String> twice = List.of(AuditJson.of(corpus.audit()), AuditJson.of(corpus.audit()));
    assertThat(twice.get(0)).isEqualTo(twice.get(1));
  }

  @Test
  void theReportHoldsEveryFindingAndAPage() throws Exception {
    MadeUpCorpus.Row original = row("s1-sad-2.wav");
    corpus.add(original.speaker("s<2>"), "again.wav", corpus.sound(original));
    AuditResult result = corpus.audit();
    Path report = folder.resolve("report");
    AuditReport.write(result, report);

    assertThat(report.resolve("audit.json")).content().isEqualTo(AuditJson.of(result));
    assertThat(report.resolve("audit.html"))
        .content()
        .contains("again.wav", "s&lt;2&gt;", "speaker-names", "shortcut-...")
        .doesNotContain("s<2>");
    assertThat(report.resolve("figures/shortcuts.svg")).content().contains("chance");
  }
}
