package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.corpus.Utterance;
import dev.serenade.training.store.ClipCopy;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.training.store.FeatureExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Says, as CSV, which file of the store holds which clip: a row for each clip, then for each copy.
 */
final class StoreIndex {

  private static final List<String> HEADER =
      List.of(
          "file",
          "path",
          "start",
          "end",
          "channel",
          "speaker",
          "emotion",
          "augmentation",
          "frames");

  private StoreIndex() {}

  static void write(ExtractedCorpus extracted, FeatureExtractor extractor, Path index)
      throws CannotRunException {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    try (CSVPrinter out =
        new CSVPrinter(Files.newBufferedWriter(index, StandardCharsets.UTF_8), format)) {
      out.printRecord(HEADER);
      int number = 0;
      for (Utterance clip : extracted.clips()) {
        row(out, extractor.file(clip), clip, "", extracted.features().frames(number++));
      }
      for (ClipCopy copy : extracted.copies()) {
        row(
            out,
            extractor.file(copy, extracted.augmentation()),
            copy.clip(),
            copy.effects().toString(),
            extracted.features().frames(number++));
      }
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(index, e), e);
    }
  }

  private static void row(
      CSVPrinter out, Path file, Utterance clip, String augmentation, int frames)
      throws IOException {
    out.printRecord(
        file.toAbsolutePath(),
        clip.path(),
        text(clip.startSeconds()),
        text(clip.endSeconds()),
        clip.channel().isPresent() ? Integer.toString(clip.channel().getAsInt()) : "",
        clip.speaker(),
        clip.emotion().name(),
        augmentation,
        frames);
  }

  private static String text(OptionalDouble seconds) {
    return seconds.isPresent() ? Double.toString(seconds.getAsDouble()) : "";
  }
}
