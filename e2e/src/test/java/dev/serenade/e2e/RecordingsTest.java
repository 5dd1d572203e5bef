package dev.serenade.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Recordings on the page: how they come in, and what is shown of them. */
class RecordingsTest extends PageTest {

  @Test
  void thePageInvitesRecordings() {
    try (Visit visit = visit(Look.DESK)) {
      assertThat(visit.at("h2").first()).hasText("Drop recordings here");
      assertThat(visit.at(".notice")).containsText("do not say what a person feels");
      visit.picture("empty");
      visit.at(".notice summary").click();
      assertThat(visit.at(".notice")).containsText("not a lie detector");
      visit.picture("notice");
    }
  }

  @Test
  void aDroppedClipIsHeard() throws IOException {
    try (Visit visit = visit(Look.DESK)) {
      visit.drop(ANGRY, Files.readAllBytes(Sounds.sample(ANGRY)));
      visit.awaitHeard();
      assertThat(visit.verdict()).hasText("angry");
      assertThat(visit.at(".score")).hasCount(4);
      assertThat(visit.at(".score dt").first()).containsText("angry");
      assertThat(visit.at("[role=status].unseen").last()).containsText("angry");
      visit.picture("heard");
    }
  }

  @Test
  void aTimelineSaysWhatWasHeardWhen() throws IOException {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose("talk.wav", "audio/wav", talk());
      visit.awaitHeard();
      assertThat(visit.at(".timeline .part").first()).isVisible();
      visit.at(".parts summary").click();
      assertThat(visit.at(".parts tbody tr")).hasCount(visit.at(".timeline .part").count());
      visit.at(".parts tbody tr").nth(1).getByRole(AriaRole.BUTTON).click();
      assertThat(position(visit)).isGreaterThan(0);
      visit.picture("timeline");
    }
  }

  @Test
  void damagedStretchesAreMarkedAndNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(Sounds.sample(ANGRY));
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 2000, (byte) 0x55);
    try (Visit visit = visit(Look.DESK)) {
      visit.choose("damaged.flac", "audio/flac", bytes);
      visit.awaitHeard();
      assertThat(visit.at(".gaps li")).hasCount(1);
      Locator gap = visit.at(".timeline .gap");
      assertThat(gap).hasAttribute("title", Pattern.compile("0:0.* – 0:0.* .+"));
      BoundingBox marked = gap.boundingBox();
      BoundingBox whole = visit.at(".timeline").boundingBox();
      assertThat(marked.x).isBetween(whole.x, whole.x + whole.width / 2);
      assertThat(marked.width).isBetween(3.0, whole.width / 2);
      visit.picture("damaged");
    }
  }

  /** Returns three voices after one another. */
  private static byte[] talk() throws IOException {
    return Sounds.joined(List.of(ANGRY, SAD, HAPPY, SAD), 7);
  }

  @Test
  void aRecordingIsPlayedAndWoundByMouseAndKeyboard() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(ANGRY));
      visit.awaitHeard();
      Locator slider = visit.at("[role=slider]");
      slider.focus();
      visit.page().keyboard().press("ArrowRight");
      assertThat(position(visit)).isEqualTo(0.5);
      visit.page().keyboard().press("End");
      double end = position(visit);
      assertThat(end).isGreaterThan(1);
      BoundingBox box = slider.boundingBox();
      visit.page().mouse().click(box.x + box.width / 2, box.y + 20);
      assertThat(position(visit)).isBetween(end / 2 - 0.1, end / 2 + 0.1);
      visit.page().keyboard().press("Home");
      visit.page().keyboard().press("Space");
      assertThat(visit.button("Pause")).isVisible();
      assertThat(visit.at("[data-at]")).hasAttribute("data-at", Pattern.compile("0\\.[3-9].*|1.*"));
      visit.picture("playing");
      assertThat(visit.button("Play")).isVisible();
      assertThat(position(visit)).isCloseTo(end, within(0.1));
    }
  }

  private static double position(Visit visit) {
    return Double.parseDouble(visit.at("[data-at]").getAttribute("data-at"));
  }

  @Test
  void whatExplainsAScoreIsDrawnOverTheSound() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(ANGRY));
      visit.awaitHeard();
      visit.button("Explain").click();
      visit.waitFor(visit.at(".explanation input[value=occlusion]"));
      visit.at(".explanation input[value=occlusion]").check();
      assertThat(isDrawn(visit, "canvas.overlay")).isTrue();
      visit.picture("explained");
      visit.at(".explanation input[value=attention]").check();
      assertThat(isDrawn(visit, "canvas.overlay")).isTrue();
      visit.picture("attention");
      visit.at(".explanation input[value=nothing]").check();
      assertThat(visit.at("canvas.overlay")).hasCount(0);
    }
  }

  @Test
  void aSpectrogramIsShownWhenAskedFor() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(HAPPY));
      visit.awaitHeard();
      visit.button("Spectrogram").click();
      assertThat(isDrawn(visit, ".spectrum canvas")).isTrue();
      visit.picture("spectrogram");
      visit.button("Spectrogram").click();
      assertThat(visit.at(".spectrum")).hasCount(0);
    }
  }

  private static boolean isDrawn(Visit visit, String canvas) {
    return (boolean)
        visit
            .at(canvas)
            .evaluate(
                "it => new Set(new Uint32Array(it.getContext('2d')"
                    + ".getImageData(0, 0, it.width, it.height).data.buffer)).size > 10");
  }

  @Test
  void whatWasHeardIsSavedAsJsonCsvAndWebVtt() throws IOException {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(SAD));
      visit.awaitHeard();
      JsonObject json = JsonParser.parseString(saved(visit, "JSON")).getAsJsonObject();
      assertThat(json.get("file").getAsString()).isEqualTo(SAD);
      assertThat(json.getAsJsonObject("scores").size()).isEqualTo(4);
      assertThat(saved(visit, "CSV"))
          .startsWith("file,startSeconds,endSeconds,emotion,confidence,abstained,")
          .contains(SAD);
      assertThat(saved(visit, "WebVTT")).startsWith("WEBVTT\n\n00:00:00.000 --> ");
    }
  }

  private static String saved(Visit visit, String format) throws IOException {
    Download download = visit.page().waitForDownload(() -> visit.button(format).last().click());
    return Files.readString(download.path());
  }

  @Test
  void manyRecordingsMakeAList() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(ANGRY), Sounds.sample(SAD), Sounds.sample(HAPPY));
      assertThat(visit.at(".entry .said .mark")).hasCount(3);
      visit.at(".entry", SAD).click();
      assertThat(visit.at("#detail-title")).hasText(SAD);
      assertThat(visit.verdict()).hasText("sad");
      visit.picture("many");
      visit.button("Remove").click();
      assertThat(visit.at(".entry")).hasCount(2);
    }
  }

  @Test
  void soundThatTheBrowserCannotDecodeIsHeardAllTheSame() throws IOException {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose("old.au", "audio/basic", Sounds.au(ANGRY, 9));
      visit.awaitHeard();
      assertThat(visit.at(".caution")).containsText("cannot play or draw");
      assertThat(visit.at(".timeline .part").first()).isVisible();
      assertThat(visit.button("Play")).isDisabled();
      visit.picture("undecodable");
    }
  }

  @Test
  void aRecordingMadeHereIsHeard() {
    try (Visit visit = visit(Look.DESK)) {
      visit.button("Record").click();
      assertThat(visit.at(".recording .clock")).containsText("0:03");
      visit.picture("recording");
      visit.button("Stop and analyse").click();
      visit.awaitHeard();
      assertThat(visit.verdict()).hasText("angry");
      assertThat(visit.at("#detail-title")).containsText("recording-");
      visit.picture("recorded");
    }
  }
}
