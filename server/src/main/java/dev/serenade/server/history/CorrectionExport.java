package dev.serenade.server.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Corrected analyses as a corpus to train on: {@value #MANIFEST}, a manifest, and the recordings in
 * {@code clips/}.
 *
 * <p>Where no speaker was named, the name of the analysis stands for one: each such clip counts as
 * somebody else's.
 */
public final class CorrectionExport {

  /** The name of the manifest. */
  public static final String MANIFEST = "corrections.csv";

  private static final int AT_ONCE = 200;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "path",
              "speaker",
              "emotion",
              "channel",
              "predicted",
              "confidence",
              "file",
              "analysis",
              "created",
              "corrected")
          .get();

  private final Target target;
  private final StringBuilder manifest = new StringBuilder();
  private int clips;
  private int missing;

  private CorrectionExport(Target target) {
    this.target = target;
  }

  /**
   * What was exported.
   *
   * @param clips in the manifest
   * @param missing corrected analyses whose recording is not there any more
   */
  public record Summary(int clips, int missing) {}

  /** Where files go. */
  @FunctionalInterface
  private interface Target {
    void write(String path, InputStream content) throws IOException;
  }

  /** Writes a zip, as it goes; the stream is not closed. */
  public static Summary toZip(History history, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    // Recordings are mostly compressed already.
    zip.setLevel(Deflater.BEST_SPEED);
    CorrectionExport export =
        new CorrectionExport(
            (path, content) -> {
              zip.putNextEntry(new ZipEntry(path));
              content.transferTo(zip);
              zip.closeEntry();
            });
    Summary summary = export.write(history);
    zip.finish();
    return summary;
  }

  /** Writes into a folder, which is made if need be; files of the same names are replaced. */
  public static Summary toFolder(History history, Path folder) throws IOException {
    Files.createDirectories(folder.resolve("clips"));
    return new CorrectionExport((path, content) -> replace(folder.resolve(path), content))
        .write(history);
  }

  private static void replace(Path file, InputStream content) throws IOException {
    Path unfinished = Path.of(file + ".part");
    try {
      Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The manifest comes last: it names the clips that are really there. */
  private Summary write(History history) throws IOException {
    try (CSVPrinter rows = new CSVPrinter(manifest, FORMAT)) {
      Optional<Cursor> from = Optional.of(Cursor.START);
      while (from.isPresent()) {
        Page page = history.listCorrected(AT_ONCE, from.get());
        for (KeptAnalysis analysis : page.analyses()) {
          if (analysis.correction().isPresent()) {
            write(history, analysis, analysis.correction().get(), rows);
          }
        }
        from = page.next();
      }
    }
    byte[] text = manifest.toString().getBytes(StandardCharsets.UTF_8);
    target.write(MANIFEST, new ByteArrayInputStream(text));
    return new Summary(clips, missing);
  }

  private void write(History history, KeptAnalysis analysis, Correction correction, CSVPrinter rows)
      throws IOException {
    Optional<KeptAudio> audio = history.audio(analysis.id());
    if (audio.isEmpty()) {
      missing++;
      return;
    }
    String path = "clips/%s.%s".formatted(analysis.id(), audio.get().container().word());
    try (InputStream content = audio.get().open(0)) {
      target.write(path, content);
    } catch (NoSuchFileException e) {
      // Deleted at this moment.
      missing++;
      return;
    }
    clips++;
    rows.printRecord(
        path,
        correction.speaker().orElse(analysis.id()),
        correction.emotion(),
        text(analysis, "channel"),
        text(analysis, "emotion"),
        text(analysis, "confidence"),
        analysis.file(),
        analysis.id(),
        analysis.createdAt(),
        correction.correctedAt());
  }

  private static String text(KeptAnalysis analysis, String member) {
    return analysis.result().has(member) ? analysis.result().get(member).getAsString() : "";
  }
}
