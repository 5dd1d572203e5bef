package dev.serenade.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub on this machine that keeps one repository, answers as it should, and as it should not. */
final class FakeHub implements Closeable {

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** What is done instead of the right answer. */
  @FunctionalInterface
  interface Fault {
    void answer(HttpExchange exchange, byte[] content) throws IOException;
  }

  /** What was asked for. */
  record Request(String path, Map<String, String> headers) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private JsonObject listing = new JsonObject();
  private String commit = COMMIT;

  FakeHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Puts a small Whisper with this many bytes of weights into the repository. */
  FakeHub withWhisper(int weightBytes) {
    return with("config.json", "{\"model_type\": \"whisper\"}")
        .with("preprocessor_config.json", "{}")
        .with("README.md", "# Not needed")
        .with("pytorch_model.bin", "a pickle")
        .with("model.safetensors", random(weightBytes));
  }

  static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  FakeHub with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  FakeHub with(String name, byte[] content) {
    files.put(name, content);
    listing = list();
    return this;
  }

  FakeHub without(String name) {
    files.remove(name);
    listing = list();
    return this;
  }

  FakeHub atCommit(String other) {
    commit = other;
    listing = list();
    return this;
  }

  /** Answers the next requests for a file, or for {@code listing}, wrongly, one after the other. */
  FakeHub fail(String name, Fault... next) {
    faults.computeIfAbsent(name, key -> new ArrayDeque<>()).addAll(Arrays.asList(next));
    return this;
  }

  /** Lists another hash and length than the file has. */
  FakeHub lieAbout(String name, Optional<String> sha256, Optional<Long> size) {
    for (var sibling : listing.getAsJsonArray("siblings")) {
      JsonObject file = sibling.getAsJsonObject();
      if (file.get("rfilename").getAsString().equals(name)) {
        JsonObject lfs = file.getAsJsonObject("lfs");
        sha256.ifPresent(hash -> lfs.addProperty("sha256", hash));
        size.ifPresent(length -> lfs.addProperty("size", length));
      }
    }
    return this;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Request> requests() {
    return requests;
  }

  List<Request> requests(String name) {
    return requests.stream().filter(request -> request.path().endsWith("/" + name)).toList();
  }

  byte[] content(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private JsonObject list() {
    JsonArray siblings = new JsonArray();
    files.forEach((name, content) -> siblings.add(describe(name, content)));
    JsonObject json = new JsonObject();
    json.addProperty("sha", commit);
    json.add("siblings", siblings);
    return json;
  }

  private static JsonObject describe(String name, byte[] content) {
    JsonObject file = new JsonObject();
    file.addProperty("rfilename", name);
    file.addProperty("size", content.length);
    file.addProperty("blobId", hash(content, true));
    if (name.endsWith(".safetensors")) {
      JsonObject lfs = new JsonObject();
      lfs.addProperty("sha256", hash(content, false));
      lfs.addProperty("size", content.length);
      lfs.addProperty("pointerSize", 135);
      file.add("lfs", lfs);
    }
    return file;
  }

  private static String hash(byte[] content, boolean git) {
    try {
      Path file = Files.createTempFile("hash", "");
      try {
        Files.write(file, content);
        return git ? FileHash.gitBlob(file) : FileHash.sha256(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      String path = exchange.getRequestURI().getPath();
      requests.add(new Request(path, headers));
      boolean lists = path.startsWith("/api/");
      String name = lists ? "listing" : path.substring(path.lastIndexOf('/') + 1);
      byte[] content =
          lists ? listing.toString().getBytes(StandardCharsets.UTF_8) : files.get(name);
      Optional<Fault> fault = fault(name);
      if (fault.isPresent()) {
        fault.get().answer(exchange, content == null ? new byte[0] : content);
      } else if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        serve(exchange, content, "\"" + hash(content, true) + "\"");
      }
    }
  }

  private synchronized Optional<Fault> fault(String name) {
    Deque<Fault> next = faults.get(name);
    return Optional.ofNullable(next).map(Deque::poll);
  }

  /** Answers as a server should, ranges included. */
  static void serve(HttpExchange exchange, byte[] content, String etag) throws IOException {
    exchange.getResponseHeaders().set("ETag", etag);
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (range == null || (condition != null && !condition.equals(etag))) {
      exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
      return;
    }
    int start = Integer.parseInt(range.replaceAll("\\D", ""));
    if (start >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .set(
            "Content-Range", "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - start);
    exchange.getResponseBody().write(content, start, content.length - start);
  }

  static Fault status(int code, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(code, -1);
    };
  }

  static Fault text(String body) {
    return (exchange, content) -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Sends a part of what it announced, from where it was asked to, and hangs up. */
  static Fault breakAfter(int bytes) {
    return (exchange, content) -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int start = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      if (range != null) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - start);
      exchange.getResponseBody().write(content, start, bytes);
      exchange.getResponseBody().flush();
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
