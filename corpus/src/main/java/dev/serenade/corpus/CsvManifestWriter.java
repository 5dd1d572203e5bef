package dev.serenade.corpus;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes CSV manifests, with the columns that at least one clip uses. */
final class CsvManifestWriter {

  private CsvManifestWriter() {}

  static void write(Corpus corpus, Path folder, Writer writer) throws IOException {
    List<ManifestColumn> columns =
        Arrays.stream(ManifestColumn.values())
            .filter(c -> c.isRequired() || isUsed(c, corpus))
            .toList();
    SortedSet<String> extras = new TreeSet<>();
    corpus.utterances().forEach(u -> extras.addAll(u.extras().keySet()));
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    try (CSVPrinter printer = new CSVPrinter(writer, format)) {
      List<String> header = new ArrayList<>();
      columns.forEach(c -> header.add(c.label()));
      header.addAll(extras);
      printer.printRecord(header);
      for (Utterance utterance : corpus.utterances()) {
        List<String> row = new ArrayList<>();
        for (ManifestColumn column : columns) {
          row.add(
              column == ManifestColumn.PATH
                  ? pathFrom(folder, utterance.path())
                  : column.valueOf(utterance).orElse(""));
        }
        extras.forEach(column -> row.add(utterance.extras().getOrDefault(column, "")));
        printer.printRecord(row);
      }
    }
  }

  private static boolean isUsed(ManifestColumn column, Corpus corpus) {
    return corpus.utterances().stream().anyMatch(u -> column.valueOf(u).isPresent());
  }

  private static String pathFrom(Path folder, Path clip) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = clip.toAbsolutePath().normalize();
    return to.startsWith(from) ? from.relativize(to).toString().replace('\\', '/') : to.toString();
  }
}
