package dev.serenade.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of a repository at one commit.
 *
 * @param commit its hash, 40 hexadecimal digits
 * @param files all of them, in the hub's order
 */
record RepositoryListing(String commit, List<RepositoryFile> files) {

  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  RepositoryListing {
    files = List.copyOf(files);
  }

  /**
   * Reads the hub's answer: {@code {"sha": ..., "siblings": [{"rfilename", "size", "blobId", "lfs":
   * {"sha256"}}]}}.
   *
   * @param where to say it came from in messages
   * @throws HubException if it is not such an answer, or names a file outside of the repository
   */
  static RepositoryListing parse(String json, String where) throws HubException {
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      List<RepositoryFile> files = new ArrayList<>();
      for (JsonElement sibling : root.getAsJsonArray("siblings")) {
        files.add(file(sibling.getAsJsonObject()));
      }
      return new RepositoryListing(hash(root.get("sha"), SHA1), files);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | IllegalArgumentException e) {
      throw new HubException(
          "%s: expected a listing of files in JSON, found %s%s"
              .formatted(
                  where,
                  start(json),
                  e instanceof IllegalArgumentException ? ": " + e.getMessage() : ""),
          e);
    }
  }

  private static String start(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "nothing" : line.substring(0, Math.min(60, line.length()));
  }

  private static RepositoryFile file(JsonObject json) {
    String path = json.get("rfilename").getAsString();
    if (isOutside(path)) {
      throw new IllegalArgumentException("it names a file outside of the repository: " + path);
    }
    // Hubs that list names only say the rest when a file is asked for.
    long size = json.has("size") ? json.get("size").getAsLong() : -1;
    String blobId = json.has("blobId") ? hash(json.get("blobId"), SHA1) : "";
    JsonElement large = json.get("lfs");
    if (large == null || large.isJsonNull()) {
      return new RepositoryFile(path, size, blobId, Optional.empty());
    }
    JsonObject lfs = large.getAsJsonObject();
    String sha256 = hash(lfs.get("sha256"), SHA256);
    return new RepositoryFile(path, lfs.get("size").getAsLong(), blobId, Optional.of(sha256));
  }

  private static boolean isOutside(String path) {
    if (path.indexOf('\\') >= 0 || path.matches("(?s).*\\p{Cntrl}.*") || path.matches("\\w:.*")) {
      return true;
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static String hash(JsonElement json, Pattern pattern) {
    String text = json.getAsString();
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("expected a hash %s, found %s".formatted(pattern, text));
    }
    return text;
  }

  /** Returns the file at this place, if there is one. */
  Optional<RepositoryFile> find(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }
}
