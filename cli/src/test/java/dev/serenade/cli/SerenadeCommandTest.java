package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SerenadeCommandTest {

  @Test
  void helpListsCommandsExamplesAndExitCodes() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("predict", "completion", "Examples:", "Exit codes:");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpOfPredictListsItsOptionsAndExamples() {
    CommandRun run = CommandRun.of("predict", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("--model", "--format", "--timeline", "--window", "--hop", "--explain")
        .contains("--threads", "--recursive", "--output", "Examples:");
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void versionNamesTheProgramAndJava() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).startsWith("serenade ").contains(System.getProperty("java.version"));
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandRun run = CommandRun.of();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .containsExactly("serenade: expected a command", "Try 'serenade --help'.");
  }

  @Test
  void aMisspeltCommandGetsASuggestion() {
    CommandRun run = CommandRun.of("predcit");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("Did you mean predict or ");
  }

  @Test
  void bashTakesTheCompletionScript(@TempDir Path folder) throws Exception {
    CommandRun run = CommandRun.of("completion");
    Path script = Files.writeString(folder.resolve("completion.bash"), run.out());

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(bash("source '" + script + "' && complete -p serenade")).contains("serenade");
  }

  private static String bash(String commands) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).as(output).isZero();
    return output;
  }
}
