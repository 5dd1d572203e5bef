package dev.serenade.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.OnnxExport;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.onnx.OperatorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page of examples/browser with the exported default model. Skipped where {@code npm install}
 * was not run there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserExampleTest {

  private static final Path PAGE =
      Path.of(System.getProperty("serenade.root"), "examples", "browser");

  /** WebAssembly adds in another order. */
  private static final double OTHER_RUNTIME = 1e-4;

  private static final double SECONDS = 2.5;

  @TempDir static Path folder;

  private EmotionRecognizer recognizer;
  private Chromium chromium;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        Files.isDirectory(PAGE.resolve("node_modules/onnxruntime-web")),
        "npm install was not run in examples/browser");
    Path microphone = folder.resolve("microphone.wav");
    Files.write(microphone, Sounds.wav(PageTest.ANGRY, 12));
    chromium = Chromium.start(microphone);
    recognizer = EmotionRecognizer.loadDefault();
  }

  @AfterAll
  void end() {
    if (chromium != null) {
      chromium.close();
    }
    if (recognizer != null) {
      recognizer.close();
    }
  }

  private static StaticFiles serve(OperatorSet operators) throws IOException {
    Path onnx = folder.resolve("emotion.onnx");
    try (InputStream in = EmotionRecognizer.openDefaultModel();
        EmotionModel model = ModelFile.read(in, "default model", EncoderLocator.create())) {
      new OnnxExport(Precision.FP32, operators).write(model, onnx);
    }
    return StaticFiles.serve(PAGE, onnx);
  }

  private static void awaitReady(Visit visit) {
    visit.waitFor(visit.at("#state", "Ready."));
  }

  @ParameterizedTest
  @EnumSource(OperatorSet.class)
  void thePageSaysWhatWeSayAndSendsNothing(OperatorSet operators) throws IOException {
    try (StaticFiles files = serve(operators);
        Visit visit = chromium.visit(files.address(), Look.DESK)) {
      awaitReady(visit);
      List<String> requests = new CopyOnWriteArrayList<>();
      visit.page().onRequest(request -> requests.add(request.url()));
      for (String sample : List.of(PageTest.ANGRY, PageTest.SAD)) {
        Path clip = folder.resolve(sample + ".wav");
        Files.write(clip, Sounds.wav(sample, SECONDS));
        visit.choose(clip);
        visit.waitFor(visit.at("#result h2", sample + ".wav"));
        assertScores(visit, recognizer.recognize(clip).scores());
      }
      assertThat(requests).allMatch(address -> address.startsWith("blob:"));
    }
  }

  private void assertScores(Visit visit, EmotionScores expected) {
    List<String> labels = visit.at("#scores dt").allTextContents();
    assertThat(labels).containsExactlyElementsOf(recognizer.labels());
    Locator values = visit.at("#scores dd.value");
    for (int i = 0; i < labels.size(); i++) {
      double score = Double.parseDouble(values.nth(i).getAttribute("data-score"));
      assertThat(score)
          .as(labels.get(i))
          .isCloseTo(expected.of(labels.get(i)), within(OTHER_RUNTIME));
    }
  }

  @Test
  void aRecordingFromTheMicrophoneIsHeard() throws IOException {
    try (StaticFiles files = serve(OperatorSet.STANDARD);
        Visit visit = chromium.visit(files.address(), Look.DESK)) {
      awaitReady(visit);
      visit.button("Record").click();
      visit.waitFor(visit.at("#state", "Recording"));
      visit.page().waitForTimeout(2000);
      visit.button("Stop").click();
      visit.waitFor(visit.at("#result h2", "Your recording"));
      assertThat(visit.at("#scores dt").count()).isEqualTo(4);
    }
  }

  @Test
  void whatIsNoRecordingIsTold() throws IOException {
    try (StaticFiles files = serve(OperatorSet.STANDARD);
        Visit visit = chromium.visit(files.address(), Look.DESK)) {
      awaitReady(visit);
      visit.choose("notes.txt", "text/plain", new byte[] {1, 2, 3});
      visit.waitFor(visit.at("#state.failed", "notes.txt: expected a recording"));
      assertThat(visit.at("#result").isHidden()).isTrue();
    }
  }

  @Test
  void aModelThatIsMissingIsTold() throws IOException {
    try (StaticFiles files = serve(OperatorSet.STANDARD);
        Visit visit = chromium.visit(files.address() + "?model=none.onnx", Look.DESK)) {
      visit.waitFor(visit.at("#state.failed", "cannot load none.onnx"));
    }
  }

  @Test
  void itLooksWellByDayAndByNight() throws IOException {
    Path clip = folder.resolve("clip.wav");
    Files.write(clip, Sounds.wav(PageTest.ANGRY, SECONDS));
    try (StaticFiles files = serve(OperatorSet.STANDARD)) {
      for (Look look : List.of(Look.DESK, Look.DESK.dark(), Look.PHONE)) {
        try (Visit visit = chromium.visit(files.address(), look)) {
          awaitReady(visit);
          visit.choose(clip);
          visit.waitFor(visit.at("#result h2"));
          visit.picture(
              "browser-example-%d-%s"
                  .formatted(look.width(), look.scheme())
                  .toLowerCase(Locale.ROOT));
        }
      }
    }
  }
}
