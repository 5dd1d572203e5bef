package dev.serenade.cli.export;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.recognition.OnnxExport;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.onnx.OperatorSet;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a model for other runtimes. */
@Command(
    name = "export",
    description = {
      "Writes a model as one ONNX file, from samples to probabilities.",
      "",
      "It is for ONNX Runtime in any language, the browser's included, or for any other"
          + " runtime of ONNX."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "3:cannot run: the model is missing or damaged, or the file cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade export --onnx emotion.onnx    the model that comes with Serenade",
      "  serenade export -m mine.serenade --onnx mine.onnx --precision int8",
      "  serenade export --onnx plain.onnx --standard-ops",
      "",
      "The file's input is waveform: samples of 16 kHz, mono. Its outputs are probabilities, in the"
          + " order of the labels in its metadata, attention, and embedding."
    })
public final class ExportCommand implements Callable<Integer> {

  static final class PrecisionWords extends WordConverter<Precision> {
    PrecisionWords() {
      super(Precision.class);
    }
  }

  private final Terminal terminal;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "A model file (*.serenade) to write instead of the one that comes with Serenade.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--onnx",
      required = true,
      paramLabel = "FILE",
      description = "Where to write it; a file that is there is replaced.")
  private Path onnx = Path.of("");

  @Option(
      names = "--precision",
      paramLabel = "WORD",
      defaultValue = "fp32",
      converter = PrecisionWords.class,
      description =
          "In what the encoder computes: fp32, what predict does; fp16, for GPUs; int8, smaller, for"
              + " one clip at a time (default: ${DEFAULT-VALUE}).")
  private Precision precision = Precision.FP32;

  @Option(
      names = "--standard-ops",
      description =
          "Use operators of the ONNX standard alone, not ONNX Runtime's own, which are faster there.")
  private boolean standard;

  /** Makes the command. */
  public ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    OnnxExport export =
        new OnnxExport(precision, standard ? OperatorSet.STANDARD : OperatorSet.FUSED);
    try (EmotionModel read =
        NamedModel.read(model.map(Path::toString).orElse(NamedModel.DEFAULT))) {
      write(export, read);
    } catch (IOException e) {
      throw new CannotRunException("cannot close the model: " + e.getMessage(), e);
    }
    return ExitCode.DONE;
  }

  private void write(OnnxExport export, EmotionModel read) throws CannotRunException {
    try {
      export.write(read, onnx);
      terminal.errorLine(
          String.format(Locale.ROOT, "onnx: %s, %.1f MB", onnx, Files.size(onnx) / 1e6));
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("cannot export: " + e.getMessage(), e);
    } catch (FileSystemException e) {
      throw new CannotRunException(
          "cannot write %s: %s".formatted(onnx, e.getReason() == null ? e : reason(e)), e);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(onnx, e.getMessage()), e);
    }
  }

  private static String reason(FileSystemException e) {
    return "%s: %s".formatted(e.getReason(), e.getFile());
  }
}
