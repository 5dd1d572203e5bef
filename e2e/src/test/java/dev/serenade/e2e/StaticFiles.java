package dev.serenade.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server that knows nothing but files: those of one folder, and one more. */
final class StaticFiles implements AutoCloseable {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "css", "text/css",
          "js", "text/javascript",
          "mjs", "text/javascript",
          "wasm", "application/wasm");

  private final HttpServer server;

  private StaticFiles(HttpServer server) {
    this.server = server;
  }

  static StaticFiles serve(Path folder, Path another) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          answer(exchange, folder.resolve(path.equals("/") ? "index.html" : path.substring(1)));
        });
    server.createContext("/" + another.getFileName(), exchange -> answer(exchange, another));
    server.start();
    return new StaticFiles(server);
  }

  private static void answer(HttpExchange exchange, Path file) throws IOException {
    try (exchange) {
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String name = String.valueOf(file.getFileName());
      String ending = name.substring(name.lastIndexOf('.') + 1);
      exchange
          .getResponseHeaders()
          .add("Content-Type", TYPES.getOrDefault(ending, "application/octet-stream"));
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    }
  }

  String address() {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
