package dev.serenade.corpus.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The naming rule of a corpus: a regular expression for the end of a clip's path, without
 * extension, whose named groups are the parts of a {@link ClipName}.
 *
 * <p>What the rule implies beyond its groups (odd actors are male) is added by the completion.
 */
final class ClipPattern {

  private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");
  private static final String CLIP = "clip";

  private final String regex;
  private final Pattern pattern;
  private final List<String> groups = new ArrayList<>();
  private final UnaryOperator<ClipName> completion;

  private ClipPattern(String regex, UnaryOperator<ClipName> completion) {
    this.regex = regex;
    this.pattern = Pattern.compile("(?:.*?/)??(?<" + CLIP + ">" + regex + ")");
    this.completion = completion;
    Matcher names = GROUP_NAME.matcher(regex);
    while (names.find()) {
      groups.add(names.group(1));
    }
  }

  static ClipPattern of(String regex) {
    return new ClipPattern(regex, UnaryOperator.identity());
  }

  String regex() {
    return regex;
  }

  ClipPattern completedBy(UnaryOperator<ClipName> further) {
    return new ClipPattern(regex, name -> further.apply(completion.apply(name)));
  }

  /** Returns the parts of a clip's path, or nothing if it does not follow the rule. */
  Optional<ClipName> parse(String path) {
    Matcher matcher = pattern.matcher(withoutExtension(path));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> parts = new TreeMap<>();
    for (String group : groups) {
      String value = matcher.group(group);
      if (value != null && !value.isEmpty()) {
        parts.put(group, value);
      }
    }
    return Optional.of(completion.apply(new ClipName(matcher.group(CLIP), parts)));
  }

  private static String withoutExtension(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
  }
}
