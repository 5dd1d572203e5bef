package dev.serenade.evaluation.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxRegressionTest {

  /** Both stop where the gradient is small, not where it is 0. */
  private static final double REFERENCE_TOLERANCE = 1e-5;

  private record Case(double c, List<List<Double>> probabilities) {

    double[] of(int example) {
      return array(probabilities.get(example));
    }
  }

  private record Reference(List<List<Double>> features, List<Integer> labels, List<Case> cases) {

    static Reference read() throws IOException {
      try (InputStream stream =
          Objects.requireNonNull(
              SoftmaxRegressionTest.class.getResourceAsStream("softmax-regression.json"))) {
        return new Gson()
            .fromJson(new InputStreamReader(stream, StandardCharsets.UTF_8), Reference.class);
      }
    }

    double[][] rows() {
      return features.stream().map(SoftmaxRegressionTest::array).toArray(double[][]::new);
    }

    int[] classes() {
      return labels.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void agreesWithScikitLearn() throws IOException {
    Reference reference = Reference.read();
    assertThat(reference.cases()).hasSize(3);
    for (Case expected : reference.cases()) {
      SoftmaxRegression fitted =
          SoftmaxRegression.fit(reference.rows(), reference.classes(), 3, expected.c());
      for (int n = 0; n < expected.probabilities().size(); n++) {
        assertThat(fitted.probabilities(reference.rows()[n]))
            .as("C %s, example %d", expected.c(), n)
            .containsExactly(expected.of(n), within(REFERENCE_TOLERANCE));
      }
    }
  }

  @Test
  void aSearchThatStartsFromAnotherEndsInTheSamePlace() throws IOException {
    Reference reference = Reference.read();
    List<SoftmaxRegression> path =
        SoftmaxRegression.fit(
            reference.rows(),
            reference.classes(),
            3,
            reference.cases().stream().map(Case::c).toList());
    for (int i = 0; i < path.size(); i++) {
      assertThat(path.get(i).probabilities(reference.rows()[0]))
          .containsExactly(reference.cases().get(i).of(0), within(REFERENCE_TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theUnitOfAFeatureDoesNotMatter(long seed) {
    Random random = new Random(seed);
    double[][] features = random(random, 60, 4);
    int[] labels = random.ints(60, 0, 3).toArray();
    double[][] scaled =
        Arrays.stream(features)
            .map(x -> new double[] {1000 * x[0] - 3, x[1] / 50, -x[2], x[3] + 1e4})
            .toArray(double[][]::new);
    SoftmaxRegression one = SoftmaxRegression.fit(features, labels, 3, 0.5);
    SoftmaxRegression other = SoftmaxRegression.fit(scaled, labels, 3, 0.5);
    for (int n = 0; n < features.length; n++) {
      assertThat(other.probabilities(scaled[n]))
          .containsExactly(one.probabilities(features[n]), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void moreFeaturesThanExamplesAreFine(long seed) {
    Random random = new Random(seed);
    double[][] features = random(random, 30, 200);
    int[] labels = random.ints(30, 0, 4).toArray();
    SoftmaxRegression fitted = SoftmaxRegression.fit(features, labels, 4, 1);
    for (int n = 0; n < features.length; n++) {
      double[] p = fitted.probabilities(features[n]);
      assertThat(Arrays.stream(p).sum()).isEqualTo(1, within(1e-12));
      assertThat(p[labels[n]]).isGreaterThan(0.5);
    }
  }

  @Test
  void featuresThatSayNothingGiveTheSharesOfTheClasses() {
    double[][] features = new double[40][2];
    int[] labels = new int[40];
    Arrays.fill(labels, 0, 10, 1);
    SoftmaxRegression fitted = SoftmaxRegression.fit(features, labels, 2, 1);
    assertThat(fitted.probabilities(new double[] {5, -5}))
        .containsExactly(new double[] {0.75, 0.25}, within(1e-6));
  }

  /** Features that say the same as others change the penalty's share, and nothing else. */
  @ParameterizedTest
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void moreFeaturesThanExamplesGiveWhatFewerDo(long seed) {
    Random random = new Random(seed);
    double[][] narrow = random(random, 30, 7);
    int[] labels = random.ints(30, 0, 3).toArray();
    double[][] wide =
        Arrays.stream(narrow)
            .map(x -> IntStream.range(0, 70).mapToDouble(d -> x[d % 7]).toArray())
            .toArray(double[][]::new);
    // Ten equal features share a weight, so its square is a tenth.
    SoftmaxRegression few = SoftmaxRegression.fit(narrow, labels, 3, 1);
    SoftmaxRegression many = SoftmaxRegression.fit(wide, labels, 3, 0.1);
    for (int n = 0; n < narrow.length; n++) {
      assertThat(many.probabilities(wide[n]))
          .containsExactly(few.probabilities(narrow[n]), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void logitsAreWeightsAndBias(long seed) {
    Random random = new Random(seed);
    double[][] features = random(random, 20, 2);
    SoftmaxRegression fitted =
        SoftmaxRegression.fit(features, random.ints(20, 0, 2).toArray(), 2, 1);
    double[] x = {0.5, -2};
    assertThat(fitted.logits(x)[1])
        .isEqualTo(
            0.5 * fitted.weight(1, 0) - 2 * fitted.weight(1, 1) + fitted.bias(1), within(1e-12));
  }

  @Test
  void namesTheExampleThatIsWrong() {
    double[][] features = {{1, 2}, {3, Double.NaN}};
    assertThatThrownBy(() -> SoftmaxRegression.fit(features, new int[] {0, 1}, 2, 1))
        .hasMessage("example 1: expected 2 finite features, as in the first, found [3.0, NaN]");
    double[][] fine = {{1, 2}, {3, 4}};
    assertThatThrownBy(() -> SoftmaxRegression.fit(fine, new int[] {0, 2}, 2, 1))
        .hasMessage("example 1: expected a label from 0 to 1, found 2");
    assertThatThrownBy(() -> SoftmaxRegression.fit(fine, new int[] {0}, 2, 1))
        .hasMessageContaining("found 1 and 2");
    assertThatThrownBy(() -> SoftmaxRegression.fit(fine, new int[] {0, 1}, 2, 0))
        .hasMessageContaining("a finite C above 0, found 2 and [0.0]");
  }

  private static double[][] random(Random random, int examples, int width) {
    double[][] features = new double[examples][width];
    for (double[] row : features) {
      Arrays.setAll(row, d -> random.nextGaussian());
    }
    return features;
  }
}
