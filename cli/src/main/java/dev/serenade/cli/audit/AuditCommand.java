package dev.serenade.cli.audit;

import dev.serenade.audit.Audit;
import dev.serenade.audit.AuditJson;
import dev.serenade.audit.AuditReport;
import dev.serenade.audit.AuditResult;
import dev.serenade.audit.Severity;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.FormatOption;
import dev.serenade.cli.console.OutputFolder;
import dev.serenade.cli.console.PrintFormat;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.emobox.EmoBoxLabels;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.ProtocolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Audits a corpus under a split. */
@Command(
    name = "audit",
    description = {
      "Looks for what would make numbers on a corpus wrong.",
      "",
      "That is best known before anyone trains: speakers on both sides of a split;"
          + " clips that are there twice, exactly or as copies of other level, shift, codec"
          + " or cut; one speaker under two names; labels that disagree, or go with speaker"
          + " or text; silence by class; and how well duration, level, spectral tilt,"
          + " silence, speaker and text alone predict the class.",
      "",
      "Every finding is ok, a note, a warning, or fatal: then the exit code is 1. It is"
          + " 1, too, if a clip cannot be decoded."
    },
    customSynopsis = {
      "serenade audit (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                      [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade audit --manifest calls.csv",
      "  serenade audit --corpus emodb --root EMODB/ --splits emobox/emodb \\",
      "      --report audit/",
      "  serenade audit --manifest calls.csv --protocol speaker-folds:5 --format json",
      "",
      "The folder gets audit.html and audit.json."
    })
public final class AuditCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private CorpusOptions corpusOptions = new CorpusOptions();

  @Option(
      names = "--protocol",
      paramLabel = "RULE",
      description =
          "Who is tested, as in evaluate (default: the column split, if every clip has it; else"
              + " leave-one-speaker-out; of more than 20 speakers, speaker-folds:10).")
  private Optional<String> protocolName = Optional.empty();

  @Option(
      names = "--splits",
      paramLabel = "DIR",
      description = "EmoBox's lists for this corpus: its folds, its labels and its label map.")
  private Optional<Path> splits = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Also write a report to this folder; an earlier audit there is replaced.")
  private Optional<Path> report = Optional.empty();

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many clips to decode at a time (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Makes the command. */
  public AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    if (protocolName.isPresent() && splits.isPresent()) {
      throw usage("expected --protocol or --splits, found both");
    }
    if (threads < 1) {
      throw usage("--threads: at least 1 expected, found " + threads);
    }
    if (report.isPresent()) {
      OutputFolder.requireWritable(report.get());
    }
    Corpus corpus = corpusOptions.read(terminal).corpus();
    Protocol protocol = protocol(corpus);
    AuditResult result = audit(corpus, protocol);
    print(result);
    write(result);
    return result.findings(Severity.FATAL).isEmpty() && result.isComplete()
        ? ExitCode.DONE
        : ExitCode.SOME_FAILED;
  }

  private AuditResult audit(Corpus corpus, Protocol protocol)
      throws CannotRunException, InterruptedException {
    AuditProgress progress = new AuditProgress();
    try {
      return Audit.of(corpus, protocol, emoBox(protocol), threads, progress);
    } catch (ProtocolException e) {
      throw new CannotRunException(e);
    } finally {
      progress.erase();
    }
  }

  /** A line for each part of the audit, one after the other. */
  private final class AuditProgress implements Audit.Progress {

    private Optional<ProgressLine> line = Optional.empty();
    private String part = "";

    @Override
    public void show(int done, int all, String what) {
      if (!part.equals(what)) {
        erase();
        part = what;
        line = Optional.of(new ProgressLine(terminal, true, all));
      }
      line.ifPresent(shown -> shown.show(done, what));
    }

    void erase() {
      line.ifPresent(ProgressLine::erase);
    }
  }

  private Protocol protocol(Corpus corpus) throws CannotRunException {
    try {
      if (splits.isPresent()) {
        return EmoBoxFolds.read(splits.get());
      }
      return protocolName.isPresent()
          ? Protocol.parse(protocolName.get())
          : Audit.usualSplit(corpus);
    } catch (IllegalArgumentException e) {
      throw usage("--protocol: " + e.getMessage());
    } catch (IOException | ManifestFormatException e) {
      throw new CannotRunException(e);
    }
  }

  private Optional<EmoBoxLabels> emoBox(Protocol protocol) throws CannotRunException {
    try {
      return protocol instanceof EmoBoxFolds folds
          ? Optional.of(EmoBoxLabels.read(folds.folder(), corpusOptions.labels()))
          : Optional.empty();
    } catch (IOException | ManifestFormatException e) {
      throw new CannotRunException(e);
    }
  }

  private void print(AuditResult result) {
    PrintWriter out = terminal.outWriter();
    if (format.format() == PrintFormat.JSON) {
      out.print(AuditJson.of(result));
    } else {
      new FindingLines(terminal.display()).write(result, out);
    }
    out.flush();
  }

  private void write(AuditResult result) throws CannotRunException {
    if (report.isPresent()) {
      try {
        AuditReport.write(result, report.get());
      } catch (IOException e) {
        throw new CannotRunException("cannot write the report: " + e, e);
      }
      terminal.errorLine("report: " + report.get().resolve("audit.html"));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
