package dev.serenade.cli.tune;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A few values, none nearer to one than to another.
 *
 * @param words at least one, all different
 */
record Words(List<String> words) implements Values {

  Words {
    words = List.copyOf(words);
    if (words.isEmpty() || words.stream().distinct().count() < words.size()) {
      throw new IllegalArgumentException(
          "expected one value or more, each once, found " + String.join(", ", words));
    }
  }

  @Override
  public String draw(RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }

  @Override
  public String near(String value, RandomGenerator random) {
    List<String> others = words.stream().filter(word -> !word.equals(value)).toList();
    return others.isEmpty() ? words.get(0) : others.get(random.nextInt(others.size()));
  }

  @Override
  public boolean contains(String value) {
    return words.contains(value);
  }

  @Override
  public String canonical(String value) {
    return value;
  }

  @Override
  public List<String> samples() {
    return words;
  }

  @Override
  public String bin(String value) {
    return value;
  }

  @Override
  public List<String> bins() {
    return words;
  }

  @Override
  public String text() {
    return String.join(words.stream().anyMatch(word -> word.contains(",")) ? ";" : ",", words);
  }
}
