package dev.serenade.corpus.reader;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A delimited table with a header that comes with a corpus.
 *
 * <p>Read leniently, for these are not ours to mend: bytes that are not UTF-8, which MELD's text
 * has, become the replacement character, and a stray quote does not end the file.
 */
final class CorpusTable {

  private CorpusTable() {}

  /**
   * Returns the rows, each as value by column; a short row lacks its last columns.
   *
   * @throws CorpusLayoutException if the header lacks one of the columns, or it is no table
   */
  static List<Map<String, String>> read(
      Path file, char delimiter, String corpus, List<String> columns)
      throws IOException, CorpusLayoutException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setLenientEof(true)
            .setTrailingData(true)
            .setTrim(true)
            .get();
    try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      if (!parser.getHeaderNames().containsAll(columns)) {
        throw new CorpusLayoutException(
            file, corpus, "columns " + columns, parser.getHeaderNames().toString());
      }
      List<Map<String, String>> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        rows.add(row.toMap());
      }
      return rows;
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new CorpusLayoutException(file, corpus, "a table", "" + e.getMessage());
    }
  }
}
