package dev.serenade.cli.models;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the encoders that are kept, and the model that comes with Serenade. */
@Command(
    name = "list",
    description = "Lists the encoders that are kept here, and Serenade's own model.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExample:%n",
    footer = "  serenade models list --format json")
final class ModelsListCommand implements Callable<Integer> {

  private static final int GAP = 2;
  private static final int SHORT_REVISION = 12;
  private static final List<String> HEADINGS =
      List.of("Name", "Size", "Blocks", "Width", "Revision", "Source");

  private final Terminal terminal;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private EncodersOption encoders = new EncodersOption();

  ModelsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    JsonArray all = new JsonArray();
    all.add(embedded());
    for (StoredEncoder encoder : encoders.list()) {
      all.add(ModelFacts.of(encoder, encoders.locator()));
    }
    PrintWriter out = terminal.outWriter();
    switch (format.format()) {
      case JSON -> out.println(new GsonBuilder().setPrettyPrinting().create().toJson(all));
      case TABLE -> writeTable(all, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static JsonObject embedded() throws CannotRunException {
    try {
      return ModelFacts.of(NamedModel.DEFAULT, NamedModel.describe(NamedModel.DEFAULT));
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  private static void writeTable(JsonArray all, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
    all.forEach(model -> rows.add(row(model.getAsJsonObject())));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], Text.width(row.get(column)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(Text.left(row.get(column), widths[column] + GAP));
      }
      out.println(Text.printable(line.toString().stripTrailing()));
    }
  }

  private static List<String> row(JsonObject model) {
    JsonElement size = model.get("sizeBytes");
    String revision = text(model, "revision");
    String source =
        model.has("encoder")
            ? "comes with Serenade, on %s, layers %s"
                .formatted(text(model, "encoder"), text(model, "layers"))
            : text(model, "source");
    return List.of(
        text(model, "name"),
        size == null ? "" : EncodersOption.megabytes(size.getAsLong()),
        text(model, "blocks"),
        text(model, "width"),
        revision.substring(0, Math.min(SHORT_REVISION, revision.length())),
        model.has("problem") ? "cannot be used: " + text(model, "problem") : source);
  }

  private static String text(JsonObject model, String member) {
    return model.has(member) ? model.get(member).getAsString() : "";
  }
}
