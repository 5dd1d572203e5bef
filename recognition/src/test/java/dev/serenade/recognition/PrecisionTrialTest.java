package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionTrialTest {

  private static final SessionSettings ONE_THREAD = new SessionSettings(1);

  private static Precision faster(Path folder, String processor) throws IOException {
    try (EmotionModel model = TinyModels.random(QkvPooling.of(3, 4), Window.memory(), 7)) {
      return new PrecisionTrial(folder, processor).faster(model, EncoderVariant.EXACT, ONE_THREAD);
    }
  }

  private static List<Path> remembered(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void answerIsRememberedForEachProcessor(@TempDir Path folder) throws IOException {
    Path cache = folder.resolve("made");
    Precision found = faster(cache, "One (TM) @ 2 GHz");
    Path file = remembered(cache).get(0);
    assertThat(file.getFileName().toString()).contains("One-TM-2-GHz");
    Precision other = found == Precision.FP32 ? Precision.INT8 : Precision.FP32;
    Files.writeString(file, other == Precision.FP32 ? "fp32" : "int8");
    assertThat(faster(cache, "One (TM) @ 2 GHz")).isEqualTo(other);
    faster(cache, "Another");
    assertThat(remembered(cache)).hasSize(2);
  }

  @Test
  void nonsenseIsNotBelieved(@TempDir Path folder) throws IOException {
    faster(folder, "One");
    Path file = remembered(folder).get(0);
    Files.writeString(file, "int16");
    faster(folder, "One");
    assertThat(Files.readString(file).strip()).isIn("fp32", "int8");
  }

  @Test
  void folderThatCannotBeWrittenIsDoneWithout(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThat(faster(file, "One")).isNotNull();
  }
}
