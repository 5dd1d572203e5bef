package dev.serenade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clips of the repository, and copies of two of them as MP3. */
class RealClipsTest {

  private static final Path SAMPLES =
      Path.of(System.getProperty("serenade.root", "..")).resolve("samples");

  @TempDir private Path folder;

  private AuditResult audit(List<String> more) throws Exception {
    List<String> lines = new ArrayList<>(List.of("path,speaker,emotion"));
    try (Stream<Path> files = Files.list(SAMPLES)) {
      files
          .filter(file -> file.toString().endsWith(".flac"))
          .sorted()
          .forEach(
              file -> {
                String name = String.valueOf(file.getFileName());
                String[] parts = name.split("-", -1);
                lines.add(
                    "%s,%s,%s"
                        .formatted(file.toAbsolutePath(), parts[1].substring(0, 2), parts[0]));
              });
    }
    lines.addAll(more);
    Corpus corpus = Manifest.read(Files.write(folder.resolve("clips.csv"), lines));
    return Audit.of(corpus, Audit.usualSplit(corpus), Optional.empty(), 2, (d, a, w) -> {});
  }

  private String mp3(String name) throws IOException {
    try (InputStream stream = RealClipsTest.class.getResourceAsStream(name)) {
      Files.write(folder.resolve(name), Objects.requireNonNull(stream, name).readAllBytes());
    }
    return name;
  }

  @Test
  void differentClipsAreNoCopies() throws Exception {
    AuditResult result = audit(List.of());
    assertThat(result.findings())
        .filteredOn(finding -> finding.check().endsWith("-duplicates"))
        .hasSize(2)
        .allMatch(finding -> finding.severity() == Severity.OK);
  }

  @Test
  void copiesAsMp3AreFound() throws Exception {
    AuditResult result =
        audit(List.of(mp3("angry-09b10Wa.mp3") + ",09,angry", mp3("sad-12b03Ta.mp3") + ",12,sad"));

    assertThat(result.findings())
        .filteredOn(finding -> finding.check().equals(CopiesCheck.NEAR))
        .hasSize(2)
        .allMatch(finding -> finding.severity() == Severity.WARNING)
        .allMatch(finding -> finding.clips().size() == 2)
        .allSatisfy(
            finding ->
                assertThat(finding.clips().stream().map(c -> c.replaceAll(".*/|\\.[a-z0-9]+$", "")))
                    .containsOnly(finding.clips().get(0).replaceAll(".*/|\\.[a-z0-9]+$", "")));
  }
}
