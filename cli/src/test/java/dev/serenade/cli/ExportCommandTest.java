package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportCommandTest {

  private static final Path ROOT = Path.of(System.getProperty("serenade.root", ".."));

  /** Another release of ONNX Runtime adds in another order. */
  private static final double OTHER_RUNTIME = 1e-4;

  private static final List<String> SAMPLES =
      List.of("angry-12a05Wb.flac", "sad-09b03Ta.flac", "neutral-12a01Nb.flac");

  @TempDir private Path folder;

  private Path tiny() throws IOException {
    return TinyModel.write(folder.resolve("tiny.serenade"));
  }

  @Test
  void helpFitsEightyColumns() {
    CommandRun run = CommandRun.of("export", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--onnx=FILE", "--model=FILE", "--precision=WORD", "--standard-ops")
        .contains("Examples:", "Exit codes:");
  }

  @Test
  void theFileIsNamedWithItsSize() throws IOException {
    Path onnx = folder.resolve("tiny.onnx");
    CommandRun run = CommandRun.of("export", "-m", tiny(), "--onnx", onnx);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).singleElement().asString().startsWith("onnx: " + onnx + ", ");
    assertThat(onnx).isNotEmptyFile();
  }

  @Test
  void whatCannotBeReadOrWrittenIsTold() throws IOException {
    Path onnx = folder.resolve("tiny.onnx");
    CommandRun noModel =
        CommandRun.of("export", "-m", folder.resolve("none.serenade"), "--onnx", onnx);
    assertThat(noModel.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(noModel.err()).contains("no model file", "none.serenade");
    assertThat(onnx).doesNotExist();

    Path nowhere = folder.resolve("nowhere").resolve("tiny.onnx");
    CommandRun noFolder = CommandRun.of("export", "-m", tiny(), "--onnx", nowhere);
    assertThat(noFolder.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(noFolder.errLines())
        .singleElement()
        .asString()
        .contains("cannot write " + nowhere + ": no such folder: " + nowhere.getParent());

    CommandRun isFolder = CommandRun.of("export", "-m", tiny(), "--onnx", folder);
    assertThat(isFolder.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(isFolder.err()).contains("a file expected, found a folder");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() throws IOException {
    assertThat(CommandRun.of("export").exitCode()).isEqualTo(ExitCode.USAGE);
    CommandRun run = CommandRun.of("export", "-m", tiny(), "--onnx", "x", "--precision", "fp8");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("fp8", "fp32", "int8");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theExampleInPythonSaysWhatWeSay(boolean standard) throws Exception {
    assumeTrue(python("import numpy, onnxruntime").exitCode() == 0, "python3 has no onnxruntime");
    Path onnx = exported(standard);
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault()) {
      for (String sample : SAMPLES) {
        Waveform clip = AudioDecoder.create().decode(ROOT.resolve("samples").resolve(sample));
        Path wav = wav(clip, sample);
        Python answer =
            run(
                ROOT.resolve("examples/python/predict.py").toString(),
                onnx.toString(),
                wav.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonObject scores = JsonParser.parseString(answer.out()).getAsJsonObject();
        assertThat(scores.keySet()).containsExactlyElementsOf(recognizer.labels());
        Recognition expected = recognizer.recognize(wav);
        for (Map.Entry<String, JsonElement> score : scores.entrySet()) {
          assertThat(score.getValue().getAsDouble())
              .as("%s of %s", score.getKey(), sample)
              .isCloseTo(expected.scores().of(score.getKey()), within(OTHER_RUNTIME));
        }
      }
    }
  }

  /** Only runtimes that let an optional input be given: not those of Java and of the web. */
  @Test
  void aPaddedBatchWithLengthsSaysWhatEachClipSays() throws Exception {
    assumeTrue(python("import numpy, onnxruntime").exitCode() == 0, "python3 has no onnxruntime");
    Python answer =
        python(
            """
            import numpy, onnxruntime
            session = onnxruntime.InferenceSession(r"%s")
            noise = numpy.random.default_rng(1).normal(0, 0.1, (2, 32000)).astype("float32")
            # 31,000 and 32,000 samples take equally many frames on the grid.
            noise[1, 31000:] = 0
            together = session.run(None, {"waveform": noise, "lengths": numpy.array([32000, 31000])})
            apart = [session.run(None, {"waveform": noise[:1]}), session.run(None, {"waveform": noise[1:, :31000]})]
            for output in range(3):
                for row in range(2):
                    numpy.testing.assert_allclose(together[output][row], apart[row][output][0], atol=1e-4)
            assert numpy.abs(session.run(None, {"waveform": noise})[1][1] - together[1][1]).max() > 1e-4
            """
                .formatted(exported(true)));
    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "fp16", "int8"})
  void theStandardFilePassesTheCheckerOfOnnx(String precision) throws Exception {
    assumeTrue(python("import onnx").exitCode() == 0, "python3 has no onnx");
    Path onnx = folder.resolve("tiny.onnx");
    CommandRun run =
        CommandRun.of(
            "export", "-m", tiny(), "--onnx", onnx, "--standard-ops", "--precision", precision);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    Python answer =
        python("import onnx; onnx.checker.check_model(r'%s', full_check=True)".formatted(onnx));
    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  private Path exported(boolean standard) {
    Path onnx = folder.resolve("default.onnx");
    List<Object> arguments = new ArrayList<>(List.of("export", "--onnx", onnx));
    if (standard) {
      arguments.add("--standard-ops");
    }
    CommandRun run = CommandRun.of(arguments.toArray());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return onnx;
  }

  private Path wav(Waveform clip, String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * clip.length());
    for (int i = 0; i < clip.length(); i++) {
      bytes.putShort((short) Math.round(32767 * clip.get(i)));
    }
    Path file = folder.resolve(name + ".wav");
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(bytes.array()),
            new AudioFormat(Waveform.SAMPLE_RATE_HZ, 16, 1, true, true),
            clip.length()),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    return file;
  }

  private record Python(int exitCode, String out, String err) {}

  private Python python(String program) throws IOException, InterruptedException {
    return run("-c", program);
  }

  private Python run(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("python.out");
    Path err = folder.resolve("python.err");
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Process python;
    try {
      python =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
    } catch (IOException e) {
      return new Python(127, "", String.valueOf(e.getMessage()));
    }
    try {
      assertThat(python.waitFor(2, TimeUnit.MINUTES)).as("python3 ends in time").isTrue();
    } finally {
      python.destroyForcibly();
    }
    return new Python(python.exitValue(), Files.readString(out), Files.readString(err));
  }
}
