package dev.serenade.evaluation;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads and writes {@code predictions.csv}: UTF-8, a header, one line per clip.
 *
 * <p>Columns: {@code clip,speaker,fold,actual,predicted}, then {@code probability_CLASS} for each
 * class in order. Numbers are printed so that reading gives the same double again.
 *
 * <p>A file from another system needs less. Unknown columns are passed over; {@code predicted} is
 * not needed where there are probabilities, as it follows from them; where there are none, it is
 * taken for certain, and the classes are those that occur or are predicted, by name. Without {@code
 * fold} all clips are in the fold {@value #ONE_FOLD}.
 */
public final class PredictionsCsv {

  private static final String PROBABILITY = "probability_";
  private static final String PREDICTED = "predicted";
  private static final String FOLD = "fold";
  private static final String ONE_FOLD = "all";
  private static final List<String> REQUIRED = List.of("clip", "speaker", "actual");

  private PredictionsCsv() {}

  /** Writes all predictions to a file, replacing it. */
  public static void write(Predictions predictions, Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    try (Writer writer = Files.newBufferedWriter(file);
        CSVPrinter printer = new CSVPrinter(writer, format)) {
      List<Object> header = new ArrayList<>(List.of("clip", "speaker", FOLD, "actual", PREDICTED));
      predictions.classes().forEach(name -> header.add(PROBABILITY + name));
      printer.printRecord(header);
      for (Prediction prediction : predictions.asList()) {
        List<Object> row = new ArrayList<>();
        row.add(prediction.clip());
        row.add(prediction.speaker());
        row.add(prediction.fold());
        row.add(prediction.actual());
        row.add(prediction.predicted());
        for (double probability : prediction.probabilities().toArray()) {
          row.add(probability);
        }
        printer.printRecord(row);
      }
    }
  }

  /**
   * Reads the predictions of a file.
   *
   * @throws PredictionsFormatException if a column is missing or a line does not hold a prediction
   */
  public static Predictions read(Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = format.parse(reader)) {
      List<String> header = parser.getHeaderNames();
      List<String> classes =
          header.stream()
              .filter(column -> column.startsWith(PROBABILITY))
              .map(column -> column.substring(PROBABILITY.length()))
              .toList();
      if (!header.containsAll(REQUIRED) || (classes.isEmpty() && !header.contains(PREDICTED))) {
        throw new PredictionsFormatException(
            "%s: expected columns %s and one %sCLASS for each class, or %s, found %s"
                .formatted(file, REQUIRED, PROBABILITY, PREDICTED, header));
      }
      List<Row> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        rows.add(new Row(parser.getCurrentLineNumber(), row));
      }
      boolean certain = classes.isEmpty();
      List<String> known = certain ? namedClasses(rows) : classes;
      List<Prediction> predictions = new ArrayList<>();
      for (Row row : rows) {
        predictions.add(prediction(file, row.line(), row.cells(), known, certain));
      }
      if (predictions.isEmpty()) {
        throw new PredictionsFormatException(file + ": expected predictions, found only a header");
      }
      return Predictions.of(predictions);
    }
  }

  /** A line of the file, with its number. */
  private record Row(long line, CSVRecord cells) {}

  /** Returns the classes of a file without probabilities. */
  private static List<String> namedClasses(List<Row> rows) {
    return rows.stream()
        .map(Row::cells)
        .filter(CSVRecord::isConsistent)
        .flatMap(row -> Stream.of(row.get("actual"), row.get(PREDICTED)))
        .distinct()
        .sorted()
        .toList();
  }

  private static Prediction prediction(
      Path file, long line, CSVRecord row, List<String> classes, boolean certain)
      throws PredictionsFormatException {
    if (!row.isConsistent()) {
      throw new PredictionsFormatException(
          "%s, line %d: found %d columns, not as many as the header"
              .formatted(file, line, row.size()));
    }
    double[] values = new double[classes.size()];
    if (certain) {
      values[classes.indexOf(row.get(PREDICTED))] = 1;
    }
    for (int i = 0; i < values.length && !certain; i++) {
      String text = row.get(PROBABILITY + classes.get(i));
      try {
        values[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new PredictionsFormatException(
            "%s, line %d, column %s%s: expected a number, found '%s'"
                .formatted(file, line, PROBABILITY, classes.get(i), text),
            e);
      }
    }
    try {
      return new Prediction(
          row.get("clip"),
          row.get("speaker"),
          row.isMapped(FOLD) ? row.get(FOLD) : ONE_FOLD,
          row.get("actual"),
          ClassProbabilities.of(classes, values));
    } catch (IllegalArgumentException e) {
      throw new PredictionsFormatException(
          "%s, line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }
}
