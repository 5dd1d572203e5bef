package dev.serenade.cli.models;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.FormatOption;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Text;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.hub.StoredEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what an encoder or a model is. */
@Command(
    name = "info",
    description = "Says what an encoder or a model file is, and where it came from.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade models info openai/whisper-small",
      "  serenade models info mine.serenade"
    })
final class ModelsInfoCommand implements Callable<Integer> {

  private static final int WIDTH = 16;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME|FILE",
      description = "An encoder that is kept, a model file, or default.")
  private String name = "";

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private EncodersOption encoders = new EncodersOption();

  ModelsInfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    JsonObject facts = facts();
    PrintWriter out = terminal.outWriter();
    switch (format.format()) {
      case JSON -> out.println(new GsonBuilder().setPrettyPrinting().create().toJson(facts));
      case TABLE -> write(facts, "", out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private JsonObject facts() throws CannotRunException {
    if (NamedModel.isOne(name)) {
      try {
        return ModelFacts.of(name, NamedModel.describe(name));
      } catch (NoSuchFileException e) {
        throw new CannotRunException("no file " + e.getFile(), e);
      } catch (IOException e) {
        throw new CannotRunException(e);
      }
    }
    StoredEncoder encoder =
        encoders.find(name).orElseThrow(() -> new CannotRunException(encoders.notThere(name)));
    return ModelFacts.of(encoder, encoders.locator());
  }

  private static void write(JsonObject facts, String indent, PrintWriter out) {
    for (var fact : facts.entrySet()) {
      JsonElement value = fact.getValue();
      String start = indent + Text.left(fact.getKey(), WIDTH);
      if (value.isJsonObject()) {
        out.println(start.stripTrailing());
        write(value.getAsJsonObject(), indent + "  ", out);
      } else if (value.isJsonArray()) {
        List<String> parts = new ArrayList<>();
        value.getAsJsonArray().forEach(part -> parts.add(part.getAsString()));
        out.println(Text.printable(start + " " + String.join(", ", parts)));
      } else {
        out.println(Text.printable(start + " " + value.getAsString()));
      }
    }
  }
}
