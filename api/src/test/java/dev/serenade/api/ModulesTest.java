package dev.serenade.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What documents say of the modules is what the poms say. */
final class ModulesTest {

  private static final String OURS = "dev.serenade";
  private static final String PREFIX = "serenade-";

  /** Modules that are programs, tests or lists, not libraries. */
  private static final Set<String> NO_LIBRARIES =
      Set.of("bom", "cli", "api", "examples", "examples/spring-boot", "e2e", "benchmark");

  @Test
  void theTableOfTheArchitectureIsThatOfThePoms() throws Exception {
    Map<String, Set<String>> wanted = new TreeMap<>();
    for (String module : modules()) {
      wanted.put(module, dependencies(pom(module)));
    }

    assertThat(table()).isEqualTo(wanted);
  }

  @Test
  void theListOfVersionsHasEveryLibrary() throws Exception {
    Set<String> listed =
        elements(pom("bom"), "dependency").stream()
            .map(dependency -> text(dependency, "artifactId"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            modules().stream()
                .filter(module -> !NO_LIBRARIES.contains(module))
                .map(module -> PREFIX + module)
                .toList());
  }

  @Test
  void everyModuleSaysWhatItIs() throws Exception {
    for (String module : modules()) {
      assertThat(elements(pom(module), "description")).as(module).isNotEmpty();
      if (!Set.of("bom", "examples/spring-boot").contains(module)) {
        assertThat(Path.of(module, "README.md")).isNotEmptyFile();
      }
    }
  }

  private static List<String> modules() throws Exception {
    return elements(pom("."), "module").stream().map(Element::getTextContent).toList();
  }

  /** Our modules that go with a module, so not those of its tests. */
  private static Set<String> dependencies(Document pom) {
    return children(pom.getDocumentElement(), "dependencies").stream()
        .flatMap(dependencies -> children(dependencies, "dependency").stream())
        .filter(dependency -> text(dependency, "groupId").equals(OURS))
        .filter(dependency -> !text(dependency, "scope").equals("test"))
        .map(dependency -> text(dependency, "artifactId").substring(PREFIX.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lines such as {@code | `audit` | what it does | audio, corpus |}. */
  private static Map<String, Set<String>> table() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| `([a-z0-9/-]+)` \\|[^|]*\\|([^|]*)\\|$");
    return row.matcher(Files.readString(Path.of("ARCHITECTURE.md")))
        .results()
        .collect(
            Collectors.toMap(
                match -> match.group(1),
                match ->
                    Arrays.stream(match.group(2).split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)),
                (a, b) -> a,
                TreeMap::new));
  }

  private static Document pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of(module, "pom.xml").toFile());
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream().map(Element::getTextContent).findFirst().orElse("");
  }

  private static List<Element> elements(Document document, String name) {
    return list(document.getElementsByTagName(name));
  }

  private static List<Element> children(Element parent, String name) {
    return list(parent.getElementsByTagName(name)).stream()
        .filter(child -> parent.equals(child.getParentNode()))
        .toList();
  }

  private static List<Element> list(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .map(Element.class::cast)
        .toList();
  }
}
