package dev.serenade.server.page;

import dev.serenade.server.http.ProblemException;
import dev.serenade.server.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page and its files, out of the jar; no path from a request reaches the file system. */
public final class PageRoutes implements Routes {

  /** One folder at most and one dot, before the ending: nothing that leads elsewhere. */
  private static final Pattern FILE_NAME = Pattern.compile("([a-z]+/)?[a-z0-9-]+\\.([a-z]+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private static final int TAG_CHARACTERS = 32;

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  /** One file, as it is sent. */
  private static final class PageFile {

    final byte[] bytes;
    final String type;
    final String tag;

    PageFile(byte[] bytes, String type) {
      this.bytes = bytes;
      this.type = type;
      this.tag = '"' + sha256(bytes).substring(0, TAG_CHARACTERS) + '"';
    }
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Handler index = context -> send(context, "index.html");
    Handler file = context -> send(context, context.pathParam("file"));
    routes.get("/", index).head("/", index);
    routes.get("/page/<file>", file).head("/page/<file>", file);
  }

  private void send(Context context, String name) {
    PageFile file =
        find(name).orElseThrow(() -> ProblemException.notFound("no such file of the page"));
    // Checked each time, since a new version has the same names.
    context.header("Cache-Control", "no-cache");
    context.header("ETag", file.tag);
    if (isKnown(context, file.tag)) {
      context.status(304);
    } else {
      context.contentType(file.type).result(file.bytes);
    }
  }

  private static boolean isKnown(Context context, String tag) {
    String known = context.header("If-None-Match");
    return known != null && (known.contains(tag) || known.strip().equals("*"));
  }

  private Optional<PageFile> find(String name) {
    PageFile known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    var parts = FILE_NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String type = TYPES.get(parts.group(2));
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream in = PageRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        return Optional.empty();
      }
      PageFile file = new PageFile(in.readAllBytes(), type);
      files.put(name, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s of the page".formatted(name), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
