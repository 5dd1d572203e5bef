package dev.serenade.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file on its way: {@code NAME.part} grows, over as many connections and runs of the program as
 * it takes, and becomes {@code NAME} once its length and hash are those of the listing.
 */
final class FileDownload {

  /** Is told how far this file is. */
  @FunctionalInterface
  interface Meter {
    void at(long doneBytes);
  }

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Set<Integer> ACCEPTED = Set.of(200, 206, 416);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final HubConnection connection;
  private final RetryRule rule;
  private final URI uri;
  private final RepositoryFile file;
  private final Path target;
  private final Path part;
  private final Path etag;

  /** Of this run, over all connections. */
  private long receivedBytes;

  FileDownload(
      HubConnection connection, RetryRule rule, URI uri, RepositoryFile file, Path target) {
    this.connection = connection;
    this.rule = rule;
    this.uri = uri;
    this.file = file;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.etag = target.resolveSibling(target.getFileName() + ".etag");
  }

  /** Returns how much of the file is there from before. */
  long haveBytes() throws IOException {
    Path there = Files.exists(target) ? target : part;
    return Files.exists(there) ? Math.min(Files.size(there), file.sizeBytes()) : 0;
  }

  /**
   * Downloads what is missing.
   *
   * @throws HubException if that cannot be done; unless it has a wrong hash, what has come stays
   *     for the next time
   */
  void run(PullProgress progress, Meter meter) throws IOException {
    if (Files.exists(target)) {
      if (Files.size(target) == file.sizeBytes() && hasRightHash(target)) {
        return;
      }
      Files.delete(target);
    }
    boolean resumed = partBytes() > 0;
    Retries retries = new Retries(rule, progress);
    complete(retries, meter);
    if (resumed && !hasRightHash(part)) {
      progress.note(
          "%s: what was there from before does not fit the rest; downloading all of it anew"
              .formatted(file.path()));
      discard();
      complete(retries, meter);
    }
    String found = hash(part);
    if (!found.equals(expectedHash())) {
      discard();
      throw new HubException(
          "%s: expected %s %s as the hub lists it, found %s; the file is removed"
              .formatted(HubConnection.shown(uri), algorithm(), expectedHash(), found));
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(etag);
  }

  private void complete(Retries retries, Meter meter) throws IOException {
    retries.run(
        file.path(),
        () -> receivedBytes,
        () -> {
          transfer(meter);
          return file;
        });
  }

  private long partBytes() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private void discard() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(etag);
  }

  private void transfer(Meter meter) throws IOException {
    long offset = partBytes();
    if (offset > file.sizeBytes()) {
      discard();
      offset = 0;
    }
    if (offset == file.sizeBytes() && Files.exists(part)) {
      return;
    }
    HttpResponse<InputStream> response = connection.get(uri, headers(offset), ACCEPTED);
    try (InputStream body = response.body()) {
      long start = start(response, offset);
      if (start == 0) {
        remember(response.headers().firstValue("etag"));
      }
      receive(body, start, meter);
    }
  }

  private Map<String, String> headers(long offset) throws IOException {
    Map<String, String> headers = new HashMap<>();
    // Compressed, its length would be another.
    headers.put("Accept-Encoding", "identity");
    if (offset > 0) {
      headers.put("Range", "bytes=%d-".formatted(offset));
      if (Files.exists(etag)) {
        headers.put("If-Range", Files.readString(etag));
      }
    }
    return headers;
  }

  /** Returns from which byte on the body is, having checked what the server says of it. */
  private long start(HttpResponse<InputStream> response, long offset) throws IOException {
    switch (response.statusCode()) {
      case 416 -> {
        discard();
        throw new TransientException(
            "the server has nothing from byte %d on; starting anew".formatted(offset));
      }
      case 206 -> requireRange(response, offset);
      default -> {
        requireLength(response, file.sizeBytes());
        return 0;
      }
    }
    requireLength(response, file.sizeBytes() - offset);
    return offset;
  }

  private void requireRange(HttpResponse<InputStream> response, long offset) throws IOException {
    String range = response.headers().firstValue("content-range").orElse("none");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    boolean fits =
        matcher.matches()
            && Long.parseLong(matcher.group(1)) == offset
            && (matcher.group(2).equals("*")
                || Long.parseLong(matcher.group(2)) == file.sizeBytes());
    if (!fits) {
      discard();
      throw new TransientException(
          "expected bytes from %d on of %d, the server sends %s; starting anew"
              .formatted(offset, file.sizeBytes(), range));
    }
  }

  private void requireLength(HttpResponse<InputStream> response, long expected)
      throws HubException {
    long announced = response.headers().firstValueAsLong("content-length").orElse(expected);
    if (announced != expected) {
      throw new HubException(
          "%s: expected %d bytes as the hub lists it, the server announces %d"
              .formatted(HubConnection.shown(uri), expected, announced));
    }
  }

  /** Weak ones do not promise equal bytes. */
  private void remember(Optional<String> tag) throws IOException {
    if (tag.isPresent() && !tag.get().startsWith("W/")) {
      Files.writeString(etag, tag.get());
    } else {
      Files.deleteIfExists(etag);
    }
  }

  private void receive(InputStream body, long start, Meter meter) throws IOException {
    long at = start;
    boolean tooLong = false;
    try (FileChannel out = open(start);
        StallGuard guard = new StallGuard(body, rule.stall())) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int count = read(body, buffer, guard);
      while (count >= 0 && !tooLong) {
        tooLong = at + count > file.sizeBytes();
        if (!tooLong) {
          write(out, ByteBuffer.wrap(buffer, 0, count));
          at += count;
          receivedBytes += count;
          meter.at(at);
          count = read(body, buffer, guard);
        }
      }
    }
    if (tooLong) {
      discard();
      throw new HubException(
          "%s: expected %d bytes as the hub lists it, the server sends more; the file is removed"
              .formatted(HubConnection.shown(uri), file.sizeBytes()));
    }
    if (at < file.sizeBytes()) {
      throw new TransientException(
          "the connection ended after %d of %d bytes".formatted(at, file.sizeBytes()));
    }
  }

  private int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
    try {
      int count = body.read(buffer);
      guard.alive();
      return count;
    } catch (IOException e) {
      throw guard.hasStalled()
          ? new TransientException("nothing came for %d s".formatted(rule.stall().toSeconds()))
          : e;
    }
  }

  private FileChannel open(long start) throws HubException {
    try {
      return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
          .truncate(start)
          .position(start);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) throws HubException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private HubException unwritable(IOException cause) {
    return new HubException(
        "cannot write %s: %s; what has come is kept, and the next pull goes on from there"
            .formatted(part, cause.getMessage()),
        cause);
  }

  private boolean hasRightHash(Path path) throws IOException {
    return hash(path).equals(expectedHash());
  }

  private String hash(Path path) throws IOException {
    return file.sha256().isPresent() ? FileHash.sha256(path) : FileHash.gitBlob(path);
  }

  private String expectedHash() {
    return file.sha256().orElse(file.blobId());
  }

  private String algorithm() {
    return file.sha256().isPresent() ? "SHA-256" : "the Git hash";
  }
}
