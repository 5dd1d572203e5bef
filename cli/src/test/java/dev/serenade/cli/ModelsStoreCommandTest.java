package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.whisper.tensor.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsStoreCommandTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private TinyCorpus corpus;
  private HttpServer hub;
  private Path root;

  /** A hub that keeps the encoder of the tiny corpus. */
  @BeforeEach
  void startHub() throws IOException {
    corpus = TinyCorpus.write(folder);
    root = folder.resolve("encoders");
    JsonObject config =
        JsonParser.parseString(Files.readString(corpus.encoder().resolve("config.json")))
            .getAsJsonObject();
    config.addProperty("model_type", "whisper");
    files.put("config.json", config.toString().getBytes(StandardCharsets.UTF_8));
    files.put(
        "model.safetensors", Files.readAllBytes(corpus.encoder().resolve("model.safetensors")));
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] content =
                path.startsWith("/api/models/me/tiny/")
                    ? listing().toString().getBytes(StandardCharsets.UTF_8)
                    : files.getOrDefault(path.substring(path.lastIndexOf('/') + 1), new byte[0]);
            exchange.sendResponseHeaders(content.length == 0 ? 404 : 200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
    hub.start();
  }

  @AfterEach
  void stopHub() {
    hub.stop(0);
  }

  private JsonObject listing() {
    JsonArray siblings = new JsonArray();
    files.forEach(
        (name, content) -> {
          JsonObject file = new JsonObject();
          file.addProperty("rfilename", name);
          file.addProperty("size", content.length);
          file.addProperty("blobId", gitHash(content));
          if (name.endsWith(".safetensors")) {
            JsonObject lfs = new JsonObject();
            lfs.addProperty("sha256", Sha256.of(content));
            lfs.addProperty("size", content.length);
            file.add("lfs", lfs);
          }
          siblings.add(file);
        });
    JsonObject listing = new JsonObject();
    listing.addProperty("sha", COMMIT);
    listing.add("siblings", siblings);
    return listing;
  }

  private static String gitHash(byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update("blob %d\0".formatted(content.length).getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String endpoint() {
    return "http://127.0.0.1:" + hub.getAddress().getPort();
  }

  private CommandRun pull(Object... more) {
    Object[] all = {"models", "pull", "me/tiny", "--endpoint", endpoint(), "--encoders", root};
    return CommandRun.of(Stream.of(all, more).flatMap(Arrays::stream).toArray());
  }

  private Path weights() {
    return root.resolve("me/tiny/model.safetensors");
  }

  @Test
  void pulledEncoderIsListedDescribedAndTrainedOn() throws IOException {
    CommandRun pulled = pull();
    assertThat(pulled.exitCode()).as(pulled.err()).isEqualTo(ExitCode.DONE);
    assertThat(pulled.out())
        .startsWith("me/tiny: ")
        .endsWith("in %s, revision %s%n".formatted(root.resolve("me/tiny"), COMMIT));
    assertThat(pulled.err()).isEmpty();
    assertThat(pull().out()).contains("there already");

    CommandRun list = CommandRun.of("models", "list", "--encoders", root);
    assertThat(list.outLines().get(0)).startsWith("Name").contains("Blocks", "Revision");
    assertThat(list.outLines().get(1)).startsWith("default").contains("comes with Serenade");
    assertThat(list.outLines().get(2))
        .matches("me/tiny +[\\d.]+ MB +\\d+ +\\d+ +0123456789ab  me/tiny");
    JsonArray json =
        JsonParser.parseString(
                CommandRun.of("models", "list", "--encoders", root, "--format", "json").out())
            .getAsJsonArray();
    assertThat(json.get(1).getAsJsonObject().get("revision").getAsString()).isEqualTo(COMMIT);

    CommandRun info = CommandRun.of("models", "info", "me/tiny", "--encoders", root);
    assertThat(info.out()).contains("revision         " + COMMIT, "endpoint         " + endpoint());

    Path model = folder.resolve("mine.serenade");
    CommandRun trained =
        corpus.run(
            "train",
            "--manifest",
            corpus.manifest(),
            "--encoder",
            root.resolve("me/tiny"),
            "--out",
            model);
    assertThat(trained.exitCode()).as(trained.err()).isEqualTo(ExitCode.DONE);
    assertThat(CommandRun.of("models", "info", model).out())
        .contains("labels           angry, sad", "encoder          tiny");
    assertThat(CommandRun.of("models", "verify", model).exitCode()).isEqualTo(ExitCode.DONE);
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    CommandRun altered = CommandRun.of("models", "verify", model);
    assertThat(altered.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(altered.err()).contains(model.toString());
  }

  @Test
  void damagedFileIsNamedAndPulledAgain() throws IOException {
    pull();
    assertThat(CommandRun.of("models", "verify", "--encoders", root).out())
        .isEqualTo("me/tiny: intact, 2 files%n".formatted());
    byte[] bytes = Files.readAllBytes(weights());
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights(), bytes);
    CommandRun damaged = CommandRun.of("models", "verify", "--encoders", root);
    assertThat(damaged.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(damaged.err())
        .contains(weights() + " is damaged; serenade models pull me/tiny --replace");
    assertThat(pull("--replace").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(CommandRun.of("models", "verify", "me/tiny", "--encoders", root).exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(CommandRun.of("models", "verify", "me/other", "--encoders", root).exitCode())
        .isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void removalAsks() {
    pull();
    CommandRun script = CommandRun.of("models", "remove", "me/tiny", "--encoders", root);
    assertThat(script.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(script.err()).contains("pass --yes");
    Display terminal = new Display(true, true, 80, StandardCharsets.UTF_8, true, false);
    Object[] remove = {"models", "remove", "me/tiny", "--encoders", root};
    CommandRun no = CommandRun.of(terminal, "n\n".getBytes(StandardCharsets.UTF_8), remove);
    assertThat(no.err()).contains("Remove me/tiny (", "[y/N]", "me/tiny: kept");
    CommandRun silent = CommandRun.of(terminal, new byte[0], remove);
    assertThat(silent.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(weights()).exists();
    CommandRun yes = CommandRun.of(terminal, "y\n".getBytes(StandardCharsets.UTF_8), remove);
    assertThat(yes.exitCode()).as(yes.err()).isEqualTo(ExitCode.DONE);
    assertThat(weights()).doesNotExist();
    CommandRun gone = CommandRun.of("models", "remove", "me/tiny", "--yes", "--encoders", root);
    assertThat(gone.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(gone.err()).contains("no encoder me/tiny in " + root);
  }

  @Test
  void progressIsShownOnATerminal() {
    Display terminal = new Display(true, true, 80, StandardCharsets.UTF_8, true, false);
    CommandRun run =
        CommandRun.of(
            terminal,
            new byte[0],
            "models",
            "pull",
            "me/tiny",
            "--endpoint",
            endpoint(),
            "--encoders",
            root);
    assertThat(run.err()).contains(" MB  ").endsWith("\r\u001b[K");
  }

  @Test
  void whatCannotBeDoneIsSaidInALine() {
    CommandRun missing =
        CommandRun.of("models", "pull", "me/other", "--endpoint", endpoint(), "--encoders", root);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(missing.err()).contains("no such model, revision or file");
    hub.stop(0);
    CommandRun offline = pull();
    assertThat(offline.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(offline.err())
        .contains("cannot reach " + endpoint(), "put config.json and model.safetensors of me/tiny");
    assertThat(CommandRun.of("models", "pull", "../x").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("models", "pull", "a/b", "--endpoint", "ftp://x").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("models", "pull", "a/b", "--revision", "..").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("models").err()).contains("expected a command, such as pull or list");
    assertThat(CommandRun.of("models", "info", "nothing", "--encoders", root).exitCode())
        .isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(CommandRun.of("models", "info", folder.resolve("no.serenade")).err())
        .contains("no file ");
  }
}
