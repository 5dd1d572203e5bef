package dev.serenade.server.stream;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Sends sound to a server as any program would, and remembers what it says. */
final class StreamClient implements WebSocket.Listener {

  private final List<JsonObject> heard = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<JsonObject> first = new CompletableFuture<>();
  private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
  private volatile String reason = "";

  private StreamClient() {}

  static StreamClient connect(int port, String query, String... protocols) {
    return connect(HttpClient.newHttpClient().newWebSocketBuilder(), port, query, protocols);
  }

  static StreamClient connect(
      WebSocket.Builder builder, int port, String query, String... protocols) {
    StreamClient client = new StreamClient();
    if (protocols.length > 0) {
      builder.subprotocols(
          protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    URI address = URI.create("ws://127.0.0.1:" + port + "/v1/stream" + query);
    builder.buildAsync(address, client).join();
    return client;
  }

  WebSocket socket() {
    return opened.join();
  }

  /** Waits until the server greets or closes. */
  JsonObject greeting() throws Exception {
    return first.get(20, TimeUnit.SECONDS);
  }

  CompletableFuture<WebSocket> send(byte[] bytes) {
    return socket().sendBinary(ByteBuffer.wrap(bytes), true);
  }

  void sendAll(byte[] bytes, int portion) {
    for (int from = 0; from < bytes.length; from += portion) {
      int length = Math.min(portion, bytes.length - from);
      socket().sendBinary(ByteBuffer.wrap(bytes, from, length), true).join();
    }
  }

  void say(String text) {
    socket().sendText(text, true).join();
  }

  int closeCode() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }

  String closeReason() {
    return reason;
  }

  synchronized List<JsonObject> heard(String type) {
    return heard.stream().filter(json -> json.get("type").getAsString().equals(type)).toList();
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    opened.complete(webSocket);
    webSocket.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    synchronized (this) {
      part.append(data);
      if (last) {
        JsonObject json = JsonParser.parseString(part.toString()).getAsJsonObject();
        heard.add(json);
        part.setLength(0);
        first.complete(json);
      }
    }
    webSocket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String why) {
    reason = why;
    closed.complete(statusCode);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
    first.completeExceptionally(error);
  }
}
