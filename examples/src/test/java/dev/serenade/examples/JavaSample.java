package dev.serenade.examples;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One block of Java in a document: statements, after imports of its own.
 *
 * @param document where it stands
 * @param line of its first line there
 * @param code as it stands there
 */
record JavaSample(Path document, int line, String code) {

  /** What a reader who has an editor need not be told. */
  private static final List<String> IMPORTED =
      List.of(
          "dev.serenade.audio.*",
          "dev.serenade.recognition.*",
          "dev.serenade.recognition.model.*",
          "dev.serenade.recognition.timeline.*",
          "java.nio.file.*",
          "java.util.*");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

  /** Finds all of a document. */
  static List<JavaSample> in(Path document) throws IOException {
    String text = Files.readString(document);
    return BLOCK
        .matcher(text)
        .results()
        .map(
            block ->
                new JavaSample(
                    document,
                    1 + (int) text.substring(0, block.start(1)).lines().count(),
                    block.group(1)))
        .toList();
  }

  /**
   * Compiles it.
   *
   * @param folder for its classes
   * @return what the compiler says, nothing if all is well
   */
  String compile(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean done =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-d",
                    folder.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                List.of(source()))
            .call();
    return done ? "" : said.toString();
  }

  /** Runs it, once it is compiled there. */
  void run(Path folder) throws Exception {
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      loader.loadClass("Sample").getMethod("run").invoke(null);
    }
  }

  private JavaFileObject source() {
    List<String> imports = new ArrayList<>();
    IMPORTED.forEach(some -> imports.add("import " + some + ";"));
    code.lines().filter(text -> text.startsWith("import ")).forEach(imports::add);
    String statements =
        code.lines()
            .filter(text -> !text.startsWith("import "))
            .collect(Collectors.joining("\n    "));
    String whole =
        """
        %s
        public class Sample {
          public static void run() throws Exception {
            %s
          }
        }
        """
            .formatted(String.join("\n", imports), statements);
    return new SimpleJavaFileObject(
        URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return whole;
      }
    };
  }

  @Override
  public String toString() {
    return "%s:%d".formatted(document.getFileName(), line);
  }
}
