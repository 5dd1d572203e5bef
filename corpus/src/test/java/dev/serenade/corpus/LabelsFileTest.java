package dev.serenade.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsFileTest {

  @TempDir Path folder;

  private Path file(String yaml) throws Exception {
    return Files.writeString(folder.resolve("labels.yaml"), yaml);
  }

  @Test
  void aMappingIsRead() throws Exception {
    Path file = file("# ours\nexcited: happy\n3: calm\nno: drop\n\"N\": neutral\n");
    assertThat(LabelsFile.read(file))
        .isEqualTo(Map.of("excited", "happy", "3", "calm", "no", "drop", "N", "neutral"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a\n- b\n", "a: [b]\n", "a:\n", "a: b: c\n", "a: {b: c}\n"})
  void anythingElseIsRefusedWithTheFilesName(String yaml) throws Exception {
    Path file = file(yaml);
    assertThatThrownBy(() -> LabelsFile.read(file))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageStartingWith(file.toString());
  }
}
