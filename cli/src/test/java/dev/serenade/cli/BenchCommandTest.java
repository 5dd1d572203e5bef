package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchCommandTest {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyModel.write(folder.resolve("tiny.serenade"));
  }

  private CommandRun bench(Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("bench", "--quick", "--rounds", 1, "-m", model, "--threads", 1),
                Stream.of(arguments))
            .toArray());
  }

  @Test
  void helpFitsEightyColumns() {
    CommandRun run = CommandRun.of("bench", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains(
            "--encoder=NAME|DIR",
            "--seconds=S",
            "--batches=N",
            "--rounds=N",
            "--quick",
            "--precision=NAME")
        .contains("--plot=FILE", "Examples:", "Exit codes:");
  }

  @Test
  void theTableEndsWithWhatToRemember() {
    CommandRun run = bench("--seconds", "3,1", "--batches", "2,1", "--precision", "fp32,int8");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).isEmpty();
    assertThat(run.outLines().get(0))
        .isEqualTo("tiny.serenade: tiny-random to block 1, window adaptive, 1 thread");
    assertThat(run.out()).contains("GFLOP/s in products of matrices", "a step of training");
    assertThat(
            run.outLines().stream().filter(line -> line.matches(" +[13] s +[12] (fp32|int8) .*")))
        .hasSize(8);
    assertThat(run.outLines().get(run.outLines().size() - 1))
        .matches(
            "A clip of 3 s takes [0-9.]+ ms, \\d+ x faster than it lasts; the encoder runs at \\d+ %"
                + " of the machine's matrix rate, and all else takes \\d+ % of the time.");
    assertThat(run.outLines().subList(0, run.outLines().size() - 1))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void jsonAndPicture() {
    Path plot = folder.resolve("speed.svg");
    CommandRun run = bench("-f", "json", "--seconds", "0.5", "--plot", plot);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    // A process of its own recognised a clip.
    assertThat(json.get("startupSeconds").getAsDouble()).isBetween(0.05, 60.0);
    assertThat(json.getAsJsonObject("machine").get("matrixGflops").getAsDouble()).isPositive();
    assertThat(json.get("peakResidentMegabytes").getAsDouble()).isPositive();
    assertThat(json.getAsJsonArray("cases")).hasSize(6);
    assertThat(plot).content().contains("<svg", "tiny.serenade");
    assertThat(run.err()).contains("plot: " + plot);
  }

  @Test
  void wrongUsageIsSaidSo() {
    for (String[] wrong :
        new String[][] {
          {"--seconds", "31"},
          {"--seconds", "0"},
          {"--batches", "0"},
          {"--rounds", "0"},
          {"--precision", "int4"},
          {"--threads", "0"},
          {"--encoder", "whisper-base"},
          {"--window", "padded"}
        }) {
      CommandRun run = bench((Object[]) wrong);
      assertThat(run.exitCode()).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(wrong[0]);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadOrWrittenIsSaidBeforeTheWork() {
    CommandRun missing = CommandRun.of("bench", "-m", folder.resolve("none.serenade"));
    CommandRun encoder = CommandRun.of("bench", "--encoder", folder.resolve("none"));
    CommandRun plot = bench("--plot", folder.resolve("none/speed.svg"));
    CommandRun device = bench("--device", "cuda:99");

    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(missing.err()).contains("none.serenade");
    assertThat(encoder.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(encoder.err()).contains("config.json");
    assertThat(device.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(device.err()).contains("--device: cuda:99");
    assertThat(plot.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(plot.errLines()).hasSize(1);
  }
}
