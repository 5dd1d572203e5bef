package dev.serenade.cli.corpus;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Text;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.corpus.reader.CorpusCard;
import dev.serenade.corpus.reader.CorpusLedger;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import java.io.PrintWriter;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the published corpora that {@code --corpus} knows. */
@Command(
    name = "list",
    description = {
      "Lists the published corpora that --corpus reads.",
      "",
      "Each is read from the folders it comes in, and listed with its licence and its"
          + " codes for emotions."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CorpusListCommand implements Callable<Integer> {

  private static final int GAP = 2;

  /** For people, for programs, or the ledger of the documentation. */
  enum Format {
    TABLE,
    JSON,
    MARKDOWN
  }

  static final class FormatWords extends WordConverter<Format> {
    FormatWords() {
      super(Format.class);
    }
  }

  private final Terminal terminal;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "KIND",
      defaultValue = "table",
      converter = FormatWords.class,
      description =
          "table, json, or markdown: the ledger with papers, licences and sources"
              + " (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  CorpusListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PrintWriter out = terminal.outWriter();
    switch (format) {
      case TABLE -> writeTable(out);
      case JSON -> out.println(new GsonBuilder().setPrettyPrinting().create().toJson(json()));
      case MARKDOWN -> out.print(CorpusLedger.markdown());
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void writeTable(PrintWriter out) {
    int width =
        GAP
            + CorpusReaders.all().stream()
                .mapToInt(reader -> reader.name().length())
                .max()
                .orElseThrow();
    for (CorpusReader reader : CorpusReaders.all()) {
      out.println(Text.left(reader.name(), width) + reader.description());
      reader.card().ifPresent(card -> out.println(" ".repeat(width) + card.licence().line()));
      if (!reader.codes().isEmpty()) {
        String codes =
            new TreeMap<>(reader.codes())
                .entrySet().stream()
                    .map(code -> code.getKey() + " " + code.getValue())
                    .collect(Collectors.joining(", "));
        out.println(" ".repeat(width) + codes);
      }
    }
  }

  private static JsonArray json() {
    JsonArray corpora = new JsonArray();
    for (CorpusReader reader : CorpusReaders.all()) {
      JsonObject codes = new JsonObject();
      new TreeMap<>(reader.codes())
          .forEach((code, emotion) -> codes.addProperty(code, emotion.name()));
      JsonObject corpus = new JsonObject();
      corpus.addProperty("name", reader.name());
      corpus.addProperty("description", reader.description());
      corpus.add("codes", codes);
      reader.card().ifPresent(card -> add(card, corpus));
      corpora.add(corpus);
    }
    return corpora;
  }

  private static void add(CorpusCard card, JsonObject corpus) {
    corpus.addProperty("title", card.title());
    corpus.addProperty("citation", card.citation());
    corpus.addProperty("licence", card.licence().name());
    corpus.addProperty("allows", card.licence().use().words());
    corpus.addProperty("terms", card.licence().terms());
    corpus.addProperty("source", card.source());
    JsonArray languages = new JsonArray();
    card.languages().forEach(languages::add);
    corpus.add("languages", languages);
    corpus.addProperty("speech", card.speech().words());
  }
}
