package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.recognition.head.QkvPooling.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HeadSpecTest {

  @ParameterizedTest
  @MethodSource("dev.serenade.recognition.head.HeadSpecs#all")
  void jsonIsReadBack(HeadSpec spec) {
    JsonObject json = JsonParser.parseString(spec.toJson().toString()).getAsJsonObject();
    assertThat(HeadSpec.fromJson(json, spec.fusion())).isEqualTo(spec);
  }

  @Test
  void aFileIsOfTheLowestVersionThatCanHoldItsHead() {
    for (OutputNorm norm : OutputNorm.values()) {
      assertThat(version(new SingleLayer(1), new StatisticsPooling(norm))).isEqualTo(1);
      assertThat(version(new SingleLayer(1), new AttentivePooling(2, 3, true, false, norm)))
          .isEqualTo(1);
      assertThat(version(new SingleLayer(1), new AttentivePooling(2, 3, true, true, norm)))
          .isEqualTo(3);
      for (HeadInteraction interaction : HeadInteraction.values()) {
        assertThat(
                version(
                    new SingleLayer(1),
                    new QkvPooling(2, 3, Query.LEARNED, false, true, norm, interaction)))
            .isEqualTo(interaction == HeadInteraction.NONE ? 1 : 3);
      }
    }
    assertThat(version(new SingleLayer(1), new WeightedMeanPooling())).isEqualTo(3);
    LayerFusion several = new ConcatenatedLayers(List.of(1, 2));
    assertThat(version(several, new MeanPooling())).isEqualTo(2);
    assertThat(version(several, new AttentivePooling(2, 3, true, true, OutputNorm.NONE)))
        .isEqualTo(3);
  }

  @Test
  void inputsThatCameLaterNeedALaterVersion() {
    for (InputNormalisation normalisation : InputNormalisation.values()) {
      boolean first =
          normalisation == InputNormalisation.NONE
              || normalisation == InputNormalisation.STANDARDISED;
      assertThat(version(normalisation, Projector.LEARNED)).isEqualTo(first ? 1 : 3);
      assertThat(version(normalisation, Projector.PCA)).isEqualTo(3);
      assertThat(version(normalisation, Projector.RELU)).isEqualTo(4);
    }
  }

  private static int version(InputNormalisation normalisation, Projector projector) {
    return new HeadSpec(
            new SingleLayer(1), 12, normalisation, projector, 8, new MeanPooling(), 4, 0)
        .formatVersion();
  }

  @Test
  void principalComponentsNeedLayersThatStayTheSameAndAreWideEnough() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> components(new AttendedLayers(List.of(1, 2)), 4))
        .withMessage(
            "a pca projector is measured before training, so it expects one layer or concat, found"
                + " attention:1-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> components(new SingleLayer(1), 13))
        .withMessage(
            "expected at most as many principal components as hidden states are wide, 12, found 13");
    HeadSpec widest = components(new ConcatenatedLayers(List.of(1, 2)), 24);
    assertThat(widest.parameters())
        .filteredOn(parameter -> !parameter.learned())
        .extracting(ParameterSpec::name)
        .containsExactly("projector.weight", "projector.bias");
  }

  /** Linear, ReLU, mean, Linear: that of EmoBox's classifier_head.py, and nothing else learned. */
  @Test
  void emoBoxsHeadHasTwoLinearLayers() {
    HeadSpec spec =
        new HeadSpec(
            new SingleLayer(4),
            384,
            InputNormalisation.UTTERANCE,
            Projector.RELU,
            128,
            new MeanPooling(),
            7,
            0);
    assertThat(spec.parameters())
        .extracting(p -> p.name() + " " + p.shape())
        .containsExactly(
            "projector.weight [128, 384]",
            "projector.bias [128]",
            "classifier.weight [7, 128]",
            "classifier.bias [7]");
  }

  @Test
  void withoutAProjectorFramesStayAsWideAsTheyAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unprojected(new SingleLayer(1), 8, new MeanPooling()))
        .withMessage(
            "expected frames without a projector to stay as wide as hidden states, 12, found 8");
    HeadSpec linear = unprojected(new ConcatenatedLayers(List.of(1, 2)), 24, new MeanPooling());
    assertThat(linear.parameters())
        .extracting(ParameterSpec::name)
        .containsExactly("classifier.weight", "classifier.bias");
    assertThat(linear.formatVersion()).isEqualTo(4);
  }

  @Test
  void onlyAHeadWithNothingToLearnBeforeItsClassifierLearnsItsClassifierOnly() {
    assertThat(unprojected(new SingleLayer(1), 12, new MeanPooling()).learnsClassifierOnly())
        .isTrue();
    assertThat(unprojected(new SingleLayer(1), 12, QkvPooling.of(3, 2)).learnsClassifierOnly())
        .isFalse();
    assertThat(
            unprojected(new WeightedLayers(List.of(1, 2)), 12, new MeanPooling())
                .learnsClassifierOnly())
        .isFalse();
    assertThat(components(new SingleLayer(1), 4).learnsClassifierOnly()).isFalse();
  }

  private static HeadSpec unprojected(LayerFusion fusion, int width, Pooling pooling) {
    return new HeadSpec(fusion, 12, InputNormalisation.NONE, Projector.NONE, width, pooling, 4, 0);
  }

  private static HeadSpec components(LayerFusion fusion, int count) {
    return new HeadSpec(
        fusion, 12, InputNormalisation.NONE, Projector.PCA, count, new MeanPooling(), 4, 0);
  }

  private static int version(LayerFusion fusion, Pooling pooling) {
    return HeadSpec.of(fusion, 12, pooling, 4).formatVersion();
  }

  /** Model files hold this text: it must be read for ever. */
  @Test
  void jsonOfTheFirstVersionIsRead() {
    JsonObject json =
        JsonParser.parseString(
                """
                {"inputWidth": 512, "inputNormalisation": "standardised", "projectionWidth": 256,
                 "pooling": {"kind": "qkv", "heads": 6, "headWidth": 4, "query": "global-mean",
                             "scaled": true, "bounded": false, "norm": "add-and-norm"},
                 "classes": 4, "dropout": 0.1}
                """)
            .getAsJsonObject();
    HeadSpec spec = HeadSpec.of(new SingleLayer(1), 512, QkvPooling.of(6, 4), 4);
    assertThat(HeadSpec.fromJson(json, new SingleLayer(1))).isEqualTo(spec);
    assertThat(spec.toJson()).isEqualTo(json);
  }

  @Test
  void defaultsAreThePapers() {
    HeadSpec spec = HeadSpec.of(new SingleLayer(1), 384, new MeanPooling(), 4);
    assertThat(spec.projectionWidth()).isEqualTo(256);
    assertThat(HeadSpec.DEFAULT_HEADS).isEqualTo(6);
    assertThat(HeadSpec.DEFAULT_HEAD_WIDTH).isEqualTo(4);
  }

  @Test
  void headsAsReleasedHaveTanhOrMixedScoresAndNoResidual() {
    assertThat(QkvPooling.of(6, 4).asReleased())
        .isEqualTo(
            new QkvPooling(
                6,
                4,
                QkvPooling.Query.GLOBAL_MEAN,
                true,
                true,
                OutputNorm.NORM,
                HeadInteraction.NONE));
    assertThat(AttentivePooling.of(6, 4).asReleased())
        .isEqualTo(new AttentivePooling(6, 4, true, true, OutputNorm.NORM));
    assertThat(new MeanPooling().asReleased()).isEqualTo(new MeanPooling());
    HeadSpecs.all()
        .map(HeadSpec::pooling)
        .forEach(
            pooling ->
                assertThat(pooling.asReleased()).isEqualTo(pooling.asReleased().asReleased()));
  }

  @Test
  void badMembersAreNamed() {
    JsonObject json = HeadSpec.of(new SingleLayer(1), 512, QkvPooling.of(6, 4), 4).toJson();
    json.getAsJsonObject("pooling").addProperty("kind", "max");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadSpec.fromJson(json, new SingleLayer(1)))
        .withMessageContaining(
            "pooling: expected kind mean, weighted-mean, statistics, attentive or qkv")
        .withMessageContaining("found max");
    json.addProperty("inputNormalisation", "whitened");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadSpec.fromJson(json, new SingleLayer(1)))
        .withMessage(
            "head: member inputNormalisation: expected one of [none, standardised, layer-norm,"
                + " utterance], found \"whitened\"");
    json.remove("inputWidth");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadSpec.fromJson(json, new SingleLayer(1)))
        .withMessageContaining("head: expected a member inputWidth");
  }

  @Test
  void rangesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadSpec.of(new SingleLayer(1), 0, new MeanPooling(), 4))
        .withMessageContaining("found 0 and 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadSpec.of(new SingleLayer(1), 384, new MeanPooling(), 1))
        .withMessage("expected at least 2 classes, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QkvPooling.of(0, 4))
        .withMessage("at least 1 head of width at least 1 is needed, found 0 of width 4");
  }

  @Test
  void parametersAreNamedAfterTheirLayers() {
    assertThat(HeadSpec.of(new SingleLayer(1), 384, QkvPooling.of(6, 4), 4).parameters())
        .extracting(ParameterSpec::name)
        .containsExactly(
            "projector.weight",
            "projector.bias",
            "projector.norm.weight",
            "projector.norm.bias",
            "qkv.query.weight",
            "qkv.query.bias",
            "qkv.key.weight",
            "qkv.key.bias",
            "qkv.value.weight",
            "qkv.value.bias",
            "qkv.output.weight",
            "qkv.output.bias",
            "qkv.norm.weight",
            "qkv.norm.bias",
            "classifier.weight",
            "classifier.bias");
  }
}
