package dev.serenade.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A configuration file: YAML, a mapping from keys to values or lists of them.
 *
 * <p>Values are taken as they are written, so that {@code layer: 3} and {@code layer: "3"} are the
 * same; which of them are numbers is for the options to say.
 *
 * @param file where it lies
 * @param entries in their order, each key once
 */
record ConfigFile(Path file, List<ConfigEntry> entries) {

  ConfigFile {
    entries = List.copyOf(entries);
  }

  static ConfigFile read(Path file) throws IOException, ConfigFormatException {
    return parse(file, Files.readString(file, StandardCharsets.UTF_8));
  }

  /**
   * Reads what a file says.
   *
   * @param file where it lies, for messages
   */
  static ConfigFile parse(Path file, String text) throws ConfigFormatException {
    Optional<Node> root;
    try {
      root =
          new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(text);
    } catch (YamlEngineException e) {
      throw new ConfigFormatException(file, "YAML expected: " + e.getMessage());
    }
    Map<String, ConfigEntry> entries = new LinkedHashMap<>();
    for (NodeTuple pair : root.isEmpty() ? List.<NodeTuple>of() : mapping(file, root.get())) {
      ConfigEntry entry = entry(file, pair);
      ConfigEntry before = entries.putIfAbsent(entry.key(), entry);
      if (before != null) {
        throw new ConfigFormatException(
            file,
            entry.line(),
            "%s was given before, in line %d".formatted(entry.key(), before.line()));
      }
    }
    return new ConfigFile(file, List.copyOf(entries.values()));
  }

  /** Returns the value of a key that has one, and only one. */
  Optional<String> value(String key) {
    return entries.stream()
        .filter(entry -> entry.key().equals(key) && !entry.isList())
        .map(entry -> entry.values().get(0))
        .findFirst();
  }

  private static List<NodeTuple> mapping(Path file, Node root) throws ConfigFormatException {
    if (root instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw new ConfigFormatException(
        file, line(root), "expected lines such as \"layer: 3\", found none");
  }

  private static ConfigEntry entry(Path file, NodeTuple pair) throws ConfigFormatException {
    Node keyNode = pair.getKeyNode();
    int line = line(keyNode);
    if (!(keyNode instanceof ScalarNode key)) {
      throw new ConfigFormatException(file, line, "expected the name of an option");
    }
    if (!(pair.getValueNode() instanceof SequenceNode sequence)) {
      String value = scalar(file, key.getValue(), pair.getValueNode());
      return new ConfigEntry(key.getValue(), line, List.of(value), false);
    }
    List<String> values = new ArrayList<>();
    for (Node value : sequence.getValue()) {
      values.add(scalar(file, key.getValue(), value));
    }
    return new ConfigEntry(key.getValue(), line, values, true);
  }

  private static String scalar(Path file, String key, Node value) throws ConfigFormatException {
    if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    String found = value instanceof ScalarNode ? "nothing" : "more than that";
    throw new ConfigFormatException(
        file, line(value), "%s: expected a value, found %s".formatted(key, found));
  }

  private static int line(Node node) {
    return 1 + node.getStartMark().map(Mark::getLine).orElse(0);
  }
}
