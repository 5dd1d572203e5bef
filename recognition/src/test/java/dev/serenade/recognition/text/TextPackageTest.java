package dev.serenade.recognition.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model file knows of words; words know nothing of the model file. */
final class TextPackageTest {

  private static final Path SOURCES =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "recognition/src/main/java/dev/serenade/recognition");

  private static List<String> importing(String packageName, String imported) throws IOException {
    try (Stream<Path> files = Files.list(SOURCES.resolve(packageName))) {
      return files
          .filter(file -> contains(file, "import dev.serenade.recognition.%s.".formatted(imported)))
          .map(file -> String.valueOf(file.getFileName()))
          .toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  @Test
  void nothingHereRefersToTheModelFile() throws IOException {
    assertThat(importing("text", "model")).isEmpty();
    assertThat(importing("model", "text")).isNotEmpty();
  }
}
