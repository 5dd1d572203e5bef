package dev.serenade.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} on a tiny corpus, each report in a folder of its own. */
abstract class TinyEvaluation {

  @TempDir static Path folder;
  static TinyCorpus corpus;
  @TempDir Path report;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
  }

  CommandRun evaluate(Path manifest, Object... arguments) {
    return corpus.run(
        "evaluate",
        Stream.concat(Stream.of("--manifest", manifest, "--report", report), Stream.of(arguments))
            .toArray());
  }

  JsonObject results() throws IOException {
    return JsonParser.parseString(Files.readString(report.resolve("results.json")))
        .getAsJsonObject();
  }
}
