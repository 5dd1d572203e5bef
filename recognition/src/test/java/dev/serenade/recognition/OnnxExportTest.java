package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.OperatorSet;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported files of random models, run by plain ONNX Runtime. */
class OnnxExportTest {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  /** Eleven bits of a number are kept by float16; a product of random matrices loses some more. */
  private static final double HALVES = 2e-2;

  /** Integers of seven bits stand for the weights; random ones suffer more than trained ones. */
  private static final double INTEGERS = 5e-2;

  @TempDir private Path folder;

  private static EmotionModel model(Window window) throws IOException {
    return TinyModels.random(QkvPooling.of(3, 4), window, 7);
  }

  private Path export(EmotionModel model, Precision precision, OperatorSet operators)
      throws IOException {
    Path file = folder.resolve("%s-%s.onnx".formatted(precision, operators));
    new OnnxExport(precision, operators).write(model, file);
    return file;
  }

  private static Waveform noise(double seconds, long seed) {
    return SyntheticSpeech.of(seconds, seed);
  }

  static Stream<Arguments> variants() {
    return Stream.of(OperatorSet.values())
        .flatMap(
            operators ->
                Stream.of(Window.memory(), Window.adaptive(), Window.padded())
                    .flatMap(
                        window ->
                            Stream.of(Precision.values())
                                .map(precision -> Arguments.of(precision, operators, window))));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theFileSaysWhatTheRecogniserSays(Precision precision, OperatorSet operators, Window window)
      throws IOException, OrtException {
    double tolerance =
        switch (precision) {
          case FP32 -> ROUNDING;
          case FP16 -> HALVES;
          case INT8 -> INTEGERS;
        };
    try (EmotionModel model = model(window);
        EmotionRecognizer recognizer = EmotionRecognizer.of(model, new SessionSettings(1));
        ExportedModel exported = ExportedModel.open(export(model, precision, operators))) {
      for (double seconds : new double[] {0.1, 1.31, 3, 30}) {
        Waveform clip = noise(seconds, 3);
        exported.assertAgrees(recognizer, clip, tolerance);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OperatorSet.class)
  void everyPoolingIsExported(OperatorSet operators) throws IOException, OrtException {
    for (Pooling pooling : List.of(AttentivePooling.of(3, 4), QkvPooling.of(1, 8))) {
      try (EmotionModel model = TinyModels.random(pooling, Window.memory(), 5);
          EmotionRecognizer recognizer = EmotionRecognizer.of(model, new SessionSettings(1));
          ExportedModel exported = ExportedModel.open(export(model, Precision.FP32, operators))) {
        exported.assertAgrees(recognizer, noise(2, 4), ROUNDING);
      }
    }
  }

  @Test
  void aBatchSaysOfEachClipWhatItSaysAlone() throws IOException, OrtException {
    try (EmotionModel model = model(Window.memory());
        ExportedModel exported =
            ExportedModel.open(export(model, Precision.FP32, OperatorSet.STANDARD))) {
      Waveform first = noise(2, 1);
      Waveform second = noise(2, 2);
      float[][] together = exported.probabilities(List.of(first, second));
      assertThat(together[0]).containsExactly(exported.probabilities(first), within(1e-5f));
      assertThat(together[1]).containsExactly(exported.probabilities(second), within(1e-5f));
      assertThat(together[0]).isNotEqualTo(together[1]);
    }
  }

  @Test
  void theMetadataSaysHowToUseIt() throws IOException, OrtException {
    try (EmotionModel model = model(Window.memory());
        ExportedModel exported =
            ExportedModel.open(export(model, Precision.INT8, OperatorSet.FUSED))) {
      assertThat(exported.metadata())
          .containsEntry("labels", "[\"angry\",\"happy\",\"sad\"]")
          .containsEntry("sample_rate", "16000")
          .containsEntry("window", "memory")
          .containsEntry("precision", "int8")
          .containsKey("serenade_version");
      assertThat(exported.inputs()).containsExactly("waveform");
      assertThat(exported.outputs()).containsExactly("probabilities", "attention", "embedding");
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void standardFilesHoldStandardOperatorsAlone(Precision precision) throws IOException {
    try (EmotionModel model = model(Window.memory())) {
      ModelProto standard = parse(export(model, precision, OperatorSet.STANDARD));
      assertThat(domains(standard.getGraph())).containsExactly("");
      assertThat(standard.getOpsetImportList().stream().map(OperatorSetIdProto::getDomain))
          .containsExactly("");
      ModelProto fused = parse(export(model, precision, OperatorSet.FUSED));
      assertThat(domains(fused.getGraph())).containsExactlyInAnyOrder("", "com.microsoft");
    }
  }

  private static ModelProto parse(Path file) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static Set<String> domains(GraphProto graph) {
    Set<String> domains = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      domains.add(node.getDomain());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          domains.addAll(domains(attribute.getG()));
        }
      }
    }
    return domains;
  }

  @Test
  void aFileIsReplacedAndNothingIsLeftBeside() throws IOException {
    try (EmotionModel model = model(Window.adaptive())) {
      Path file = folder.resolve("FP32-FUSED.onnx");
      Files.writeString(file, "earlier");
      assertThat(export(model, Precision.FP32, OperatorSet.FUSED)).isEqualTo(file);
      assertThat(Files.size(file)).isGreaterThan(1000);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    }
  }

  @Test
  void aMissingFolderAndAFolderInItsPlaceAreRefused() throws IOException {
    try (EmotionModel model = model(Window.adaptive())) {
      OnnxExport export = new OnnxExport(Precision.FP32, OperatorSet.FUSED);
      Path nowhere = folder.resolve("none");
      assertThatThrownBy(() -> export.write(model, nowhere.resolve("m.onnx")))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(nowhere.toString());
      assertThatThrownBy(() -> export.write(model, folder))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("a file expected, found a folder");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  /** A file in ONNX Runtime, without anything of ours. */
  private record ExportedModel(OrtSession session) implements AutoCloseable {

    static ExportedModel open(Path file) throws OrtException {
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        return new ExportedModel(
            OrtEnvironment.getEnvironment().createSession(file.toString(), options));
      }
    }

    void assertAgrees(EmotionRecognizer recognizer, Waveform clip, double tolerance)
        throws OrtException {
      Recognition expected = recognizer.recognize(clip);
      try (OnnxTensor input = input(List.of(clip));
          OrtSession.Result result = session.run(Map.of("waveform", input))) {
        float[] probabilities = ((float[][]) value(result, "probabilities"))[0];
        int label = 0;
        for (double score : expected.scores().probabilities().values()) {
          assertThat((double) probabilities[label++]).isCloseTo(score, within(tolerance));
        }
        float[][] attention = ((float[][][]) value(result, "attention"))[0];
        for (int t = 0; t < attention[0].length; t++) {
          double mean = 0;
          for (float[] head : attention) {
            mean += head[t] / attention.length;
          }
          boolean isClip = t < expected.attention().length();
          assertThat(mean).isCloseTo(isClip ? expected.attention().get(t) : 0, within(tolerance));
        }
        float[] embedding = ((float[][]) value(result, "embedding"))[0];
        assertThat(embedding).hasSize(expected.embedding().length());
        for (int i = 0; i < embedding.length; i++) {
          assertThat(embedding[i])
              .isCloseTo(expected.embedding().get(i), within((float) (10 * tolerance)));
        }
      }
    }

    float[] probabilities(Waveform clip) throws OrtException {
      return probabilities(List.of(clip))[0];
    }

    float[][] probabilities(List<Waveform> clips) throws OrtException {
      try (OnnxTensor input = input(clips);
          OrtSession.Result result = session.run(Map.of("waveform", input))) {
        return (float[][]) value(result, "probabilities");
      }
    }

    private static OnnxTensor input(List<Waveform> clips) throws OrtException {
      float[][] samples = clips.stream().map(Waveform::toArray).toArray(float[][]::new);
      return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), samples);
    }

    private static Object value(OrtSession.Result result, String name) throws OrtException {
      return result.get(name).orElseThrow().getValue();
    }

    Map<String, String> metadata() throws OrtException {
      return session.getMetadata().getCustomMetadata();
    }

    Set<String> inputs() {
      return session.getInputNames();
    }

    Set<String> outputs() {
      return session.getOutputNames();
    }

    @Override
    public void close() throws OrtException {
      session.close();
    }
  }
}
