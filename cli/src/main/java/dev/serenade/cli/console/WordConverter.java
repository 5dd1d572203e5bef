package dev.serenade.cli.console;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of a few words from the command line; picocli would spell them as Java does.
 *
 * @param <E> what the words mean
 */
public abstract class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final List<E> constants;

  /** Makes a converter to these constants. */
  protected WordConverter(Class<E> type) {
    this.constants = List.of(type.getEnumConstants());
  }

  /** Returns the word for a constant: its name in lower case, with hyphens. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public E convert(String value) {
    return constants.stream()
        .filter(constant -> word(constant).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found %s"
                        .formatted(
                            String.join(", ", constants.stream().map(WordConverter::word).toList()),
                            value)));
  }
}
