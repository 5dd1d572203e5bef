package dev.serenade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionsCsvTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void whatIsWrittenIsReadAgain(long seed) throws IOException {
    Predictions predictions = RandomPredictions.of(seed, 3, 10);
    Path file = folder.resolve("predictions.csv");
    PredictionsCsv.write(predictions, file);
    assertThat(PredictionsCsv.read(file)).isEqualTo(predictions);
  }

  @Test
  void namesMayHoldCommasAndQuotes() throws IOException {
    ClassProbabilities half = ClassProbabilities.of(List.of("a,b", "c \"d\""), 0.5, 0.5);
    Predictions predictions =
        Predictions.of(List.of(new Prediction("x, y.wav", "Zoë", "1", "a,b", half)));
    Path file = folder.resolve("predictions.csv");
    PredictionsCsv.write(predictions, file);
    assertThat(PredictionsCsv.read(file)).isEqualTo(predictions);
  }

  @Test
  void aMissingColumnIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), "clip,fold,actual,probability_a\n");
    assertThatThrownBy(() -> PredictionsCsv.read(file))
        .isInstanceOf(PredictionsFormatException.class)
        .hasMessageContaining("p.csv")
        .hasMessageContaining("speaker");
  }

  @Test
  void anotherSystemNeedsOnlyClipSpeakerActualAndPredicted() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.csv"),
            "clip,speaker,actual,predicted,comment\nx,s,sad,angry,?\ny,t,happy,happy,!\n");
    Predictions read = PredictionsCsv.read(file);
    assertThat(read.classes()).containsExactly("angry", "happy", "sad");
    assertThat(read.byFold().keySet()).containsExactly("all");
    assertThat(read.asList()).extracting(Prediction::predicted).containsExactly("angry", "happy");
    assertThat(read.asList()).extracting(p -> p.probabilities().confidence()).containsOnly(1.0);
  }

  @Test
  void aBadNumberIsNamedWithLineAndColumn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.csv"),
            "clip,speaker,fold,actual,probability_a,probability_b\nx,s,1,a,1,0\ny,s,1,a,one,0\n");
    assertThatThrownBy(() -> PredictionsCsv.read(file))
        .isInstanceOf(PredictionsFormatException.class)
        .hasMessageContaining("line 3, column probability_a: expected a number, found 'one'");
  }

  @Test
  void anUnknownLabelAndAShortLineAreNamedWithTheLine() throws IOException {
    String header = "clip,speaker,fold,actual,probability_a,probability_b\n";
    Path unknown = Files.writeString(folder.resolve("u.csv"), header + "x,s,1,joy,1,0\n");
    assertThatThrownBy(() -> PredictionsCsv.read(unknown))
        .hasMessageContaining("line 2: clip x: expected a label among [a, b], found joy");
    Path shorter = Files.writeString(folder.resolve("s.csv"), header + "x,s,1\n");
    assertThatThrownBy(() -> PredictionsCsv.read(shorter))
        .hasMessageContaining("line 2: found 3 columns");
  }

  @Test
  void probabilitiesMustBeADistribution() {
    List<String> classes = List.of("a", "b");
    assertThatThrownBy(() -> ClassProbabilities.of(classes, 0.5, 0.4)).hasMessageContaining("0.9");
    assertThatThrownBy(() -> ClassProbabilities.of(classes, 1.5, -0.5)).hasMessageContaining("a");
    assertThatThrownBy(() -> ClassProbabilities.of(classes, Double.NaN, 1))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> ClassProbabilities.of(classes, 1)).hasMessageContaining("2 classes");
    assertThatThrownBy(() -> ClassProbabilities.of(List.of("a", "a"), 1, 0))
        .hasMessageContaining("each named once");
  }
}
