package dev.serenade.cli.reproduce;

import dev.serenade.cli.train.PublishedGrid;
import dev.serenade.evaluation.report.PublishedScores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What arXiv 2602.06000 prints for one corpus and one size of Whisper, from its tables 1, 3 and 4.
 *
 * <p>Its table 1 takes accuracy and recall of the "best layer" from different layers in places, so
 * the best need not be equal to any one layer.
 */
final class PaperNumbers implements PublishedGrid {

  private static final String RESOURCE = "arxiv-2602.06000.csv";
  private static final String BEST = "best";
  private static final int COLUMNS = 7;

  /** The paper uses the multilingual encoders and, for English, those of English only. */
  private static final Pattern ENCODER = Pattern.compile("whisper-(tiny|small)(\\.en)?");

  private record Place(String pooling, String layer) {}

  private final Map<Place, PublishedScores> scores;

  private PaperNumbers(Map<Place, PublishedScores> scores) {
    this.scores = scores;
  }

  /**
   * Returns the numbers for a corpus and an encoder, none if the paper has none.
   *
   * @param corpus {@code shemo} or {@code iemocap}
   * @param encoder its name, such as {@code whisper-tiny.en}
   */
  static PaperNumbers of(String corpus, String encoder) {
    Matcher matcher = ENCODER.matcher(encoder);
    Map<Place, PublishedScores> scores = new LinkedHashMap<>();
    if (matcher.matches()) {
      for (String line : lines()) {
        String[] cells = line.split(",", COLUMNS);
        if (cells[0].equals(corpus) && cells[1].equals(matcher.group(1))) {
          scores.put(
              new Place(cells[2], cells[3]),
              new PublishedScores(share(cells[4]), share(cells[5]), share(cells[6])));
        }
      }
    }
    return new PaperNumbers(Collections.unmodifiableMap(scores));
  }

  @Override
  public Optional<PublishedScores> scores(String pooling, String layer) {
    return Optional.ofNullable(scores.get(new Place(pooling, layer)));
  }

  @Override
  public Map<String, PublishedScores> best() {
    Map<String, PublishedScores> best = new LinkedHashMap<>();
    scores.forEach(
        (place, published) -> {
          if (place.layer().equals(BEST)) {
            best.put(place.pooling(), published);
          }
        });
    return best;
  }

  private static OptionalDouble share(String percent) {
    return percent.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(percent) / 100);
  }

  /** Returns the lines of the table, without comment and header. */
  private static List<String> lines() {
    try (InputStream stream = PaperNumbers.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(2).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
