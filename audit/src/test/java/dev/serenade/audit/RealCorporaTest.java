package dev.serenade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.emobox.EmoBoxLabels;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is known of published corpora is found in them. */
@Tag("slow")
class RealCorporaTest {

  private static Path folder(String name) {
    Path folder = Path.of(System.getProperty("serenade.shared", "")).resolve(name);
    assumeTrue(Files.isDirectory(folder), "skipped: no folder " + folder);
    return folder;
  }

  private static AuditResult audit(Corpus corpus, String emoBox) throws Exception {
    Path lists = folder("emobox/" + emoBox);
    return Audit.of(
        corpus,
        EmoBoxFolds.read(lists),
        Optional.of(EmoBoxLabels.read(lists, EmotionLabels.standard())),
        2,
        (done, all, what) -> {});
  }

  private static Finding finding(AuditResult result, String check) {
    return result.findings().stream()
        .filter(f -> f.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void ravdessHoldsARecordingTwiceAndItsLevelTellsTheClass() throws Exception {
    Corpus all = Manifest.read(folder("corpora/ravdess").resolve("manifest.csv"));
    // Eight actors are enough to find both, and take a third of the time.
    Corpus part = all.filtered(clip -> clip.speaker().compareTo("Actor_08") <= 0);
    AuditResult result = audit(part, "ravdess");

    Finding duplicates = finding(result, CopiesCheck.EXACT);
    assertThat(duplicates.severity()).isEqualTo(Severity.WARNING);
    assertThat(duplicates.clips())
        .containsExactlyInAnyOrder(
            "Actor_07/03-01-03-01-02-01-07.flac", "Actor_07/03-01-03-01-02-02-07.flac");
    assertThat(finding(result, CopiesCheck.NEAR).severity()).isEqualTo(Severity.OK);
    assertThat(finding(result, "shortcut-level").severity()).isEqualTo(Severity.WARNING);
    assertThat(finding(result, SplitCheck.SPEAKERS).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void emoBoxSharesTheSpeakersOfEmoDbAndItsMapLacksNeutral() throws Exception {
    AuditResult result =
        audit(Manifest.read(folder("corpora/emodb").resolve("manifest.csv")), "emodb");

    Finding speakers = finding(result, SplitCheck.SPEAKERS);
    assertThat(speakers.severity()).isEqualTo(Severity.FATAL);
    assertThat(speakers.measure()).containsEntry("speakers", 10.0).containsEntry("folds", 5.0);
    Finding map = finding(result, SourceLabelsCheck.EMOBOX_MAP);
    assertThat(map.severity()).isEqualTo(Severity.WARNING);
    assertThat(map.message()).contains("\"neutral\"");
    assertThat(map.measure()).containsEntry("labels", 1.0).containsEntry("clips", 79.0);
    assertThat(finding(result, SourceLabelsCheck.EMOBOX).severity()).isEqualTo(Severity.OK);
    assertThat(finding(result, CopiesCheck.NEAR).severity()).isEqualTo(Severity.OK);
  }

  @Test
  void emovoHoldsOneRecordingUnderTwoSentences() throws Exception {
    Corpus all = Manifest.read(folder("corpora/emovo").resolve("manifest.csv"));
    AuditResult result = audit(all.filtered(clip -> clip.speaker().startsWith("f3")), "emovo");

    assertThat(finding(result, CopiesCheck.NEAR).clips())
        .containsExactly("f3/tri-f3-n1.flac", "f3/tri-f3-n2.flac");
  }
}
