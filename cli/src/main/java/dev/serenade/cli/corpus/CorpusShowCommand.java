package dev.serenade.cli.corpus;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Text;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import dev.serenade.corpus.reader.Shemo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is in a corpus, and what was left out of it. */
@Command(
    name = "show",
    description = {
      "Shows what is in a corpus: speakers, emotions, sessions.",
      "",
      "Also which clips are left out and why, missing files among them. Decodes" + " nothing."
    },
    customSynopsis = {
      "serenade corpus show (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                            [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class CorpusShowCommand implements Callable<Integer> {

  private static final int LABEL_WIDTH = 10;
  private static final int MOST_LISTED = 10;

  private final Terminal terminal;

  @Mixin private CorpusOptions corpusOptions = new CorpusOptions();

  @Option(
      names = "--all",
      description = "List every clip that is left out, not only the first ten of each kind.")
  private boolean all;

  @Option(
      names = "--write-manifest",
      paramLabel = "FILE",
      description = "Also write the clips as a CSV manifest, for --manifest.")
  private Optional<Path> manifest = Optional.empty();

  CorpusShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    CorpusOptions.Source source = corpusOptions.source();
    Corpus corpus = source.corpus();
    PrintWriter out = terminal.outWriter();
    row(out, "corpus", corpus.name());
    row(out, "folder", corpus.root().toString());
    row(out, "sha256", corpus.manifestSha256());
    source.parts().forEach(part -> writeLicence(part, out));
    row(out, "clips", Integer.toString(corpus.utterances().size()));
    row(out, "speakers", speakers(corpus));
    row(out, "emotions", counts(count(corpus, clip -> Optional.of(clip.emotion().name()))));
    row(out, "sexes", counts(count(corpus, Utterance::sex)));
    row(out, "languages", counts(count(corpus, Utterance::language)));
    row(out, "sessions", counts(count(corpus, Utterance::session)));
    row(out, "splits", counts(count(corpus, clip -> clip.split().map(Split::label))));
    writeDifferences(corpus, out);
    writeSkipped(corpus, out);
    out.flush();
    if (manifest.isPresent()) {
      write(corpus, manifest.get());
    }
    return ExitCode.DONE;
  }

  private static void row(PrintWriter out, String label, String text) {
    if (!text.isEmpty()) {
      out.println(Text.left(label, LABEL_WIDTH) + Text.printable(text));
    }
  }

  /** Says on what terms a corpus comes; a manifest is taken for that of the corpus of its name. */
  private static void writeLicence(Corpus part, PrintWriter out) {
    CorpusReaders.find(part.name())
        .flatMap(CorpusReader::card)
        .ifPresent(
            card -> row(out, "licence", "%s, %s".formatted(card.title(), card.licence().line())));
  }

  private static String speakers(Corpus corpus) {
    LongSummaryStatistics clips =
        count(corpus, clip -> Optional.of(clip.speaker())).values().stream()
            .mapToLong(Long::longValue)
            .summaryStatistics();
    return clips.getCount() == 0
        ? "0"
        : "%d, of %d to %d clips".formatted(clips.getCount(), clips.getMin(), clips.getMax());
  }

  /** Counts clips by a property; those that lack it are not counted. */
  private static Map<String, Long> count(
      Corpus corpus, Function<Utterance, Optional<String>> property) {
    return corpus.utterances().stream()
        .map(property)
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()));
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Where a corpus has two labels for each clip, as ShEMO does, says where they disagree. */
  private void writeDifferences(Corpus corpus, PrintWriter out) {
    boolean applies =
        corpus.utterances().stream().anyMatch(clip -> clip.extras().containsKey(Shemo.JSON_COLUMN));
    if (applies) {
      List<String> lines =
          Shemo.differences(corpus).stream()
              .map(
                  clip ->
                      "%s: %s by its name, %s by shemo.json"
                          .formatted(
                              clip.id(),
                              clip.extras().get(Shemo.LETTER_COLUMN),
                              clip.extras().get(Shemo.JSON_COLUMN)))
              .toList();
      row(out, "labels", lines.size() + " differ");
      list(out, lines);
    }
  }

  private void writeSkipped(Corpus corpus, PrintWriter out) {
    row(out, "left out", Integer.toString(corpus.skipped().size()));
    Map<SkippedClip.Cause, List<SkippedClip>> causes =
        corpus.skipped().stream()
            .collect(Collectors.groupingBy(SkippedClip::cause, TreeMap::new, Collectors.toList()));
    causes.forEach(
        (cause, clips) -> {
          row(out, "", WordConverter.word(cause) + " " + clips.size());
          list(out, clips.stream().map(SkippedClip::toString).toList());
        });
  }

  private void list(PrintWriter out, List<String> lines) {
    String indent = " ".repeat(LABEL_WIDTH + 2);
    lines.stream()
        .limit(all ? Long.MAX_VALUE : MOST_LISTED)
        .forEach(line -> out.println(indent + Text.printable(line)));
    if (!all && lines.size() > MOST_LISTED) {
      out.println(indent + "and %d more; see --all".formatted(lines.size() - MOST_LISTED));
    }
  }

  private void write(Corpus corpus, Path file) throws CannotRunException {
    try {
      Manifest.write(corpus, file);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(file, e), e);
    }
    terminal.errorLine("manifest: " + file);
  }
}
