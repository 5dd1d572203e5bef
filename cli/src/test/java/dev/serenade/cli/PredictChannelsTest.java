package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** {@code predict --channels}: recordings whose channels are heard one by one. */
final class PredictChannelsTest extends TinyPrediction {

  private static byte[] speech(double seconds) {
    return TestSounds.speechSamples(seconds, (long) (1000 * seconds));
  }

  private static byte[] silence(double seconds) {
    return TestSounds.silentSamples(seconds);
  }

  /** Returns two channels as one wave has them. */
  private static byte[] interleaved(byte[] left, byte[] right) {
    byte[] both = new byte[left.length + right.length];
    for (int i = 0; i < left.length; i += 2) {
      System.arraycopy(left, i, both, 2 * i, 2);
      System.arraycopy(right, i, both, 2 * i + 2, 2);
    }
    return both;
  }

  @Test
  void eachChannelIsHeardByItself() throws IOException {
    for (double seconds : new double[] {6, 40}) {
      byte[] left = TestSounds.join(speech(seconds), silence(seconds));
      byte[] right = TestSounds.join(silence(seconds), speech(seconds));
      Path both =
          Files.write(folder.resolve("both.wav"), TestSounds.wav(2, interleaved(left, right)));
      Path one = Files.write(folder.resolve("one.wav"), TestSounds.wav(1, left));

      JsonArray elements = json(predict("-f", "json", "-t", "--channels", "split", both));

      assertThat(elements).hasSize(2);
      for (int channel = 1; channel <= 2; channel++) {
        JsonObject element = elements.get(channel - 1).getAsJsonObject();
        assertThat(element.keySet()).startsWith("file", "channel", "timeline");
        assertThat(element.get("channel").getAsInt()).isEqualTo(channel);
        for (JsonElement segment : element.getAsJsonArray("timeline")) {
          double start = segment.getAsJsonObject().get("startSeconds").getAsDouble();
          assertThat(channel == 1 ? start < seconds : start > seconds - 1).isTrue();
        }
      }
      JsonObject alone = first(predict("-f", "json", "-t", one));
      assertThat(elements.get(0).getAsJsonObject().get("timeline"))
          .isEqualTo(alone.get("timeline"));
      assertThat(first(predict("-f", "json", "-t", "--channels", "2", both)))
          .isEqualTo(elements.get(1));
    }
  }

  @Test
  void tablesAndSpreadsheetsNameChannels() throws IOException {
    Path both =
        Files.write(
            folder.resolve("both.wav"), TestSounds.wav(2, interleaved(speech(3), silence(3))));

    assertThat(predict("--channels", "split", both).out())
        .contains(both + ", channel 1  ", both + ", channel 2  ");
    List<CSVRecord> rows = csv(predict("-f", "csv", "--channels", "split", both));
    assertThat(rows).extracting(row -> row.get(1)).containsExactly("channel", "1", "2");
    CommandRun third = predict("-f", "json", "--channels", "3", both);
    assertThat(third.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(first(third).getAsJsonObject("error").get("code").getAsString())
        .isEqualTo("no-such-channel");
  }

  @Test
  void standardInputMayBeLongAndHaveChannels() throws IOException {
    byte[] both = TestSounds.wav(2, interleaved(speech(35), silence(35)));

    CommandRun run =
        CommandRun.of(
            CommandRun.SCRIPT,
            both,
            "predict",
            "-m",
            model,
            "-f",
            "json",
            "--channels",
            "split",
            "-");

    JsonArray elements = json(run);
    assertThat(elements).hasSize(2);
    assertThat(elements.get(1).getAsJsonObject().get("abstained").getAsBoolean()).isTrue();
  }
}
