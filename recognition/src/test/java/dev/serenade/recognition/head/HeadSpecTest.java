package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
  void headsAsReleasedHaveTanhOnTheirScoresAndNoResidual() {
    assertThat(QkvPooling.of(6, 4).asReleased())
        .isEqualTo(new QkvPooling(6, 4, QkvPooling.Query.GLOBAL_MEAN, true, true, OutputNorm.NORM));
    assertThat(AttentivePooling.of(6, 4).asReleased())
        .isEqualTo(new AttentivePooling(6, 4, true, OutputNorm.NORM));
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
        .withMessageContaining("pooling: expected kind mean, statistics, attentive or qkv")
        .withMessageContaining("found max");
    json.addProperty("inputNormalisation", "whitened");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeadSpec.fromJson(json, new SingleLayer(1)))
        .withMessage(
            "head: member inputNormalisation: expected one of [none, standardised], found"
                + " \"whitened\"");
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
