package dev.serenade.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages need one another in one direction only, save in the knots that are known. */
final class PackagesTest {

  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^package dev\\.serenade\\.([\\w.]+);");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?dev\\.serenade\\.([a-z0-9_.]+)\\.[A-Z]");

  /** None may grow, and none may be added; one that was undone goes from here. */
  private static final Set<Set<String>> KNOTS =
      Set.of(
          Set.of("corpus", "corpus.internal"),
          Set.of("recognition", "recognition.model", "recognition.text"),
          Set.of(
              "server",
              "server.history",
              "server.http",
              "server.metrics",
              "server.openapi",
              "server.page",
              "server.stream",
              "server.work"));

  @Test
  void thereAreNoOtherKnots() throws IOException {
    Map<String, Set<String>> needs = needs();
    assertThat(needs).containsKeys("audio", "cli", "server.http", "training.store");

    Map<String, Set<String>> all = new TreeMap<>();
    needs.keySet().forEach(name -> all.put(name, reached(name, needs)));
    Set<Set<String>> knots =
        all.entrySet().stream()
            .map(
                entry ->
                    entry.getValue().stream()
                        .filter(other -> all.getOrDefault(other, Set.of()).contains(entry.getKey()))
                        .collect(Collectors.toSet()))
            .filter(knot -> !knot.isEmpty())
            .collect(Collectors.toSet());

    assertThat(knots).isEqualTo(KNOTS);
  }

  /** Returns the packages that a package needs, and those need, itself where it is among them. */
  private static Set<String> reached(String start, Map<String, Set<String>> needs) {
    Set<String> reached = new HashSet<>();
    List<String> ends = List.of(start);
    while (!ends.isEmpty()) {
      ends =
          ends.stream()
              .flatMap(end -> needs.getOrDefault(end, Set.of()).stream())
              .filter(reached::add)
              .toList();
    }
    return reached;
  }

  /** Returns, by its name after {@code dev.serenade}, which packages of ours each imports from. */
  private static Map<String, Set<String>> needs() throws IOException {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (Path module : folders()) {
      try (Stream<Path> files = Files.walk(module)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          String code = Files.readString(file);
          Matcher name = PACKAGE.matcher(code);
          if (name.find()) {
            Set<String> needed = needs.computeIfAbsent(name.group(1), any -> new TreeSet<>());
            IMPORT.matcher(code).results().map(match -> match.group(1)).forEach(needed::add);
            needed.remove(name.group(1));
          }
        }
      }
    }
    return needs;
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("."))) {
      return folders
          .map(folder -> folder.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .toList();
    }
  }
}
