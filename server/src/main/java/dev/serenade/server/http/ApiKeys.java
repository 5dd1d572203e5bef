package dev.serenade.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The keys with which programs and people may use a server. Only their SHA-256 is known here: they
 * are 256 random bits, so that no slow hash is needed to keep them from being guessed.
 */
public final class ApiKeys implements Routes {

  /** The subprotocol in which a browser, which cannot set headers, names its key. */
  public static final String SUBPROTOCOL_PREFIX = "serenade.key.";

  private static final int KEY_BYTES = 32;

  private final List<byte[]> hashes;

  private ApiKeys(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /** Returns no keys: everybody may use the server. */
  public static ApiKeys none() {
    return new ApiKeys(List.of());
  }

  /**
   * Returns keys by their hashes.
   *
   * @param hexHashes 64 hexadecimal digits each, see {@link #hash}
   * @throws IllegalArgumentException if one is something else
   */
  public static ApiKeys ofHashes(List<String> hexHashes) {
    for (String hash : hexHashes) {
      if (!hash.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "expected the hash of a key, 64 hexadecimal digits, found " + hash);
      }
    }
    return new ApiKeys(hexHashes.stream().map(HexFormat.of()::parseHex).toList());
  }

  /** Returns a new key. */
  public static String generate() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  /** Returns what is kept of a key: its SHA-256, in hexadecimal digits. */
  public static String hash(String key) {
    return HexFormat.of().formatHex(digest(key));
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns whether a key is needed. */
  public boolean areNeeded() {
    return !hashes.isEmpty();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    if (areNeeded()) {
      routes.before("/v1/*", this::check);
      routes.before("/metrics", this::check);
      routes.wsBeforeUpgrade("/v1/*", this::check);
    }
  }

  private void check(Context context) {
    // What a browser asks before it asks has no key.
    if (!context.method().name().equals("OPTIONS") && !isKnown(key(context))) {
      context.header("WWW-Authenticate", "Bearer");
      throw new ProblemException(
          401, "unauthorized", "expected a key of this server, as Authorization: Bearer KEY");
    }
  }

  private static Optional<String> key(Context context) {
    String bearer = context.header("Authorization");
    if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(bearer.substring(7).strip());
    }
    String plain = context.header("X-API-Key");
    if (plain != null) {
      return Optional.of(plain);
    }
    String protocols = context.header("Sec-WebSocket-Protocol");
    for (String protocol : protocols == null ? new String[0] : protocols.split(",")) {
      if (protocol.strip().startsWith(SUBPROTOCOL_PREFIX)) {
        return Optional.of(protocol.strip().substring(SUBPROTOCOL_PREFIX.length()));
      }
    }
    return Optional.empty();
  }

  /** Takes as long whichever key it is, and however much of it is right. */
  private boolean isKnown(Optional<String> key) {
    byte[] digest = digest(key.orElse(""));
    boolean known = false;
    for (byte[] hash : hashes) {
      known |= MessageDigest.isEqual(hash, digest);
    }
    return known && key.isPresent();
  }
}
