package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.evaluation.significance.PairedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModalityReportTest {

  private static final EvaluationRun AUDIO =
      MadeUpRun.of("leave-one-speaker-out", List.of("Texts do not vary."), 3);
  private static final EvaluationRun TEXT =
      MadeUpRun.of("leave-one-speaker-out", List.of("Texts do not vary."), 0.5);
  private static final LateFusion FUSION = new LateFusion(0.75);
  private static final EvaluationRun BOTH = fused();

  private static EvaluationRun fused() {
    List<FoldResult> folds =
        IntStream.range(0, AUDIO.folds().size())
            .mapToObj(
                i ->
                    new FoldResult(
                        AUDIO.folds().get(i).name(),
                        FUSION.fuse(
                            AUDIO.folds().get(i).predictions(), TEXT.folds().get(i).predictions())))
            .toList();
    return new EvaluationRun(
        "emodb: audio and text", AUDIO.protocol(), List.of(), folds, AUDIO.provenance(), 1);
  }

  private static List<LateFusion> weights() {
    return IntStream.range(0, 10).mapToObj(i -> new LateFusion(0.5 + i / 20.0)).toList();
  }

  private static ModalityComparison comparison() {
    return ModalityComparison.of(
        AUDIO, TEXT, BOTH, weights(), List.of("a.wav: the decoder's scores are no numbers"));
  }

  @Test
  void differencesAreOfTheFusedRunAndAllowForTwoComparisons() {
    ModalityComparison comparison = comparison();
    PairedTest overText = PairedTest.of(TEXT.predictions(), BOTH.predictions(), 1);

    for (int i = 0; i < ModalityComparison.METRICS.size(); i++) {
      Metric metric = ModalityComparison.METRICS.get(i);
      double expected = metric.of(BOTH.predictions()) - metric.of(TEXT.predictions());
      assertThat(comparison.overText().get(i).difference()).isCloseTo(expected, within(1e-12));
      double alone = overText.compare(metric).pValue();
      assertThat(comparison.overText().get(i).pValue()).isBetween(alone, 2 * alone);
      assertThat(comparison.overText().get(i).difference()).isPositive();
    }
    assertThat(comparison.overText().get(0).pValue())
        .isEqualTo(2 * overText.compare(Metric.UNWEIGHTED_AVERAGE_RECALL).pValue());
    assertThat(comparison.meanAudioWeight()).isCloseTo(0.725, within(1e-12));
    assertThat(comparison.leastAudioWeight()).isEqualTo(0.5);
    assertThat(comparison.greatestAudioWeight()).isEqualTo(0.95);
  }

  @Test
  void pageTablesNumbersAndFigureAreWritten(@TempDir Path folder) throws IOException {
    ModalityReport.write(comparison(), folder);

    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("results.json"))).getAsJsonObject();
    assertThat(json.getAsJsonArray("caveats")).hasSize(1);
    JsonObject modalities = json.getAsJsonObject("modalities");
    assertThat(modalities.keySet()).containsExactly("audio", "text", "both");
    JsonObject recall =
        modalities
            .getAsJsonObject("both")
            .getAsJsonObject("summary")
            .getAsJsonObject("unweightedAverageRecall");
    assertThat(recall.get("pooled").getAsDouble())
        .isEqualTo(Metric.UNWEIGHTED_AVERAGE_RECALL.of(BOTH.predictions()));
    assertThat(recall.keySet()).contains("mean", "std", "ci95Low", "ci95High");
    JsonObject fusion = json.getAsJsonObject("fusion");
    assertThat(fusion.get("meanAudioWeight").getAsDouble()).isCloseTo(0.725, within(1e-12));
    assertThat(fusion.getAsJsonArray("folds")).hasSize(10);
    JsonArray comparisons = json.getAsJsonArray("comparisons");
    assertThat(comparisons).hasSize(2);
    assertThat(comparisons.get(1).getAsJsonObject().get("first").getAsString()).isEqualTo("text");
    assertThat(json.getAsJsonArray("leftOut")).hasSize(1);
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("Texts do not vary.", "audio/report.html", "both - audio", "no numbers");
    assertThat(folder.resolve("tables.md"))
        .content()
        .startsWith("> Texts do not vary.")
        .contains("|  | UA | 95 % interval | WA | 95 % interval | macro-F1 | 95 % interval |")
        .contains("| both - text | UA |", "| mean | 0.73 |");
    assertThat(folder.resolve("figures/modalities.svg")).exists();
  }

  @Test
  void oneSpeakerIsNotCompared(@TempDir Path folder) throws IOException {
    EvaluationRun audio = first(AUDIO);
    EvaluationRun text = first(TEXT);
    ModalityReport.write(
        ModalityComparison.of(audio, text, first(BOTH), List.of(FUSION), List.of()), folder);

    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("results.json"))).getAsJsonObject();
    assertThat(json.getAsJsonArray("comparisons")).isEmpty();
    assertThat(folder.resolve("tables.md")).content().doesNotContain("Differences");
  }

  private static EvaluationRun first(EvaluationRun run) {
    return new EvaluationRun(
        run.title(),
        run.protocol(),
        run.caveats(),
        run.folds().subList(0, 1),
        run.provenance(),
        run.seed());
  }

  @Test
  void otherClipsCannotBeCompared() {
    EvaluationRun fewer = first(AUDIO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModalityComparison.of(fewer, TEXT, BOTH, weights(), List.of()))
        .withMessageContaining("expected two runs over the same clips");
  }

  @Test
  void everyFoldNeedsItsWeight() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModalityComparison.of(AUDIO, TEXT, BOTH, List.of(FUSION), List.of()))
        .withMessage("expected a weight for each of 10 folds, found 1");
  }

  @Test
  void heldOutClipsAreKeptBesideAReportAndReadBackToTheBit(@TempDir Path folder)
      throws IOException {
    Predictions heldOut = TEXT.predictions();
    Report.write(AUDIO, heldOut, folder);

    assertThat(Report.readHeldOut(folder)).isEqualTo(heldOut);
    assertThat(Report.read(folder).predictions()).isEqualTo(AUDIO.predictions());
    Path without = folder.resolve("without");
    Report.write(AUDIO, without);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Report.readHeldOut(without));
  }
}
