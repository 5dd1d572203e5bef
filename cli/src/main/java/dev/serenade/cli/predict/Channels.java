package dev.serenade.cli.predict;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which channels of a recording are heard.
 *
 * @param split whether each is heard by itself
 * @param only the only one that is heard, counted from 1
 */
record Channels(boolean split, OptionalInt only) {

  /** The mean of all. */
  static final Channels MIX = new Channels(false, OptionalInt.empty());

  /** Reads it from the command line. */
  static final class Words implements ITypeConverter<Channels> {
    @Override
    public Channels convert(String value) {
      if (value.equals("mix")) {
        return MIX;
      }
      if (value.equals("split")) {
        return new Channels(true, OptionalInt.empty());
      }
      if (value.matches("[1-9]\\d{0,3}")) {
        return new Channels(false, OptionalInt.of(Integer.parseInt(value)));
      }
      throw new TypeConversionException(
          "expected mix, split or the number of a channel, counted from 1, found " + value);
    }
  }
}
