package dev.serenade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide says in Java compiles, and does something. */
final class DocumentedJavaTest {

  @TempDir Path folder;

  static List<JavaSample> guide() throws IOException {
    return JavaSample.in(Path.of("docs/guide.md"));
  }

  @ParameterizedTest
  @MethodSource("guide")
  void samplesOfTheGuideRun(JavaSample sample) throws Exception {
    assertThat(sample.compile(folder)).as(sample::code).isEmpty();

    assertThat(Printed.by(() -> sample.run(folder))).isNotBlank();
  }

  @Test
  void samplesOfTheReadmeCompile() throws IOException {
    assertThat(JavaSample.in(Path.of("README.md")))
        .isNotEmpty()
        .allSatisfy(sample -> assertThat(sample.compile(folder)).isEmpty());
  }

  @Test
  void whatDoesNotCompileIsFound() {
    JavaSample wrong = new JavaSample(Path.of("x.md"), 1, "Recognition heard = \"sad\";\n");

    assertThat(wrong.compile(folder)).contains("incompatible types");
  }
}
