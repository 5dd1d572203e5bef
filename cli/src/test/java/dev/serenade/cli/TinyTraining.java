package dev.serenade.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} on a tiny corpus, each model in a folder of its own. */
abstract class TinyTraining {

  @TempDir static Path folder;
  static TinyCorpus corpus;
  @TempDir Path out;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
  }

  CommandRun train(Object... arguments) {
    return corpus.run(
        "train", Stream.concat(Stream.of("--out", model()), Stream.of(arguments)).toArray());
  }

  CommandRun trainOn(Path manifest, Object... arguments) {
    return train(Stream.concat(Stream.of("--manifest", manifest), Stream.of(arguments)).toArray());
  }

  Path model() {
    return out.resolve("calls.serenade");
  }

  static byte[] head(Path model) throws IOException {
    try (ZipFile zip = new ZipFile(model.toFile());
        InputStream head = zip.getInputStream(zip.getEntry("head.safetensors"))) {
      return head.readAllBytes();
    }
  }
}
