package dev.serenade.cli.tune;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a setting may be, as texts that the command line takes. */
sealed interface Values permits Words, Range {

  /** The forms that {@link #parse} reads. */
  String FORMS = "values such as mean,qkv, or a range such as 0:0.5 or 1e-4:1e-2:log";

  /** Draws one. */
  String draw(RandomGenerator random);

  /**
   * Draws one that is close to another, but not the same where there is a choice.
   *
   * @param value need not be one of these
   */
  String near(String value, RandomGenerator random);

  /** Returns whether a value is one of these. */
  boolean contains(String value);

  /** Returns a value as it is drawn, so that 0.0 is no other than 0. */
  String canonical(String value);

  /** Returns the values that show whether all of these make sense: each word, or both ends. */
  List<String> samples();

  /** Returns the part of these that a value lies in, for tables; its own text if in none. */
  String bin(String value);

  /** Returns the bins in their order. */
  List<String> bins();

  /** Returns the text that {@link #parse} reads. */
  String text();

  /**
   * Reads values, separated by commas, or by semicolons where one holds commas; or a range, {@code
   * LOW:HIGH}, drawn from uniformly, or {@code LOW:HIGH:log}, its logarithm.
   *
   * @param whole whether only whole numbers are of use
   * @throws IllegalArgumentException if it is neither; the message says what was expected
   */
  static Values parse(String text, boolean whole) {
    String number = "[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?";
    Matcher range = Pattern.compile("(%1$s):(%1$s)(:log)?".formatted(number)).matcher(text);
    if (range.matches()) {
      try {
        return new Range(
            Double.parseDouble(range.group(1)),
            Double.parseDouble(range.group(2)),
            range.group(3) != null,
            whole);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected %s, found %s".formatted(FORMS, text), e);
      }
    }
    List<String> words =
        Arrays.stream(text.split(text.contains(";") ? ";" : ",", -1)).map(String::strip).toList();
    if (words.contains("")) {
      throw new IllegalArgumentException("expected %s, found '%s'".formatted(FORMS, text));
    }
    return new Words(words);
  }
}
