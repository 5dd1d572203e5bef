package dev.serenade.server.http;

import dev.serenade.server.ServerLimits;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;

/**
 * Reads recordings from requests: a raw body, or part {@code file} of a form. Limits hold while it
 * is read, not after.
 */
public final class UploadReader implements Closeable {

  /** What is longer goes to a file. */
  private static final int MOST_IN_MEMORY = 1 << 20;

  private static final int LONGEST_FIELD = 1000;
  private static final int MOST_FIELDS = 50;
  private static final int LONGEST_NAME = 200;
  private static final String UNNAMED = "recording";

  private final ServerLimits limits;
  private final Path folder;

  private UploadReader(ServerLimits limits, Path folder) {
    this.limits = limits;
    this.folder = folder;
  }

  /** Returns a reader with a temporary folder of its own. */
  public static UploadReader create(ServerLimits limits) throws IOException {
    return new UploadReader(limits, Files.createTempDirectory("serenade-uploads"));
  }

  /**
   * What a client has sent.
   *
   * @param recording to be closed
   * @param fields of the form, without the recording
   */
  public record Received(Upload recording, Map<String, String> fields) {

    /** Copies the fields. */
    public Received {
      fields = Map.copyOf(fields);
    }
  }

  /** Reads all of a request's body. */
  public Received read(Context context) {
    long stated = context.req().getContentLengthLong();
    if (stated > limits.uploadBytes()) {
      throw LimitedInput.tooLarge(limits.uploadBytes());
    }
    try {
      InputStream body =
          new LimitedInput(
              context.req().getInputStream(), limits.uploadBytes(), limits.uploadTime());
      String type = Optional.ofNullable(context.contentType()).orElse("");
      if (type.regionMatches(true, 0, "multipart/", 0, 10)) {
        return readForm(new FormParser(type, stated, body));
      }
      return new Received(spool(name(context), body), Map.of());
    } catch (FileUploadSizeException e) {
      throw LimitedInput.tooLarge(limits.uploadBytes());
    } catch (FileUploadException e) {
      throw ProblemException.badRequest("the form cannot be read: " + oneLine(e));
    } catch (IOException e) {
      throw ProblemException.badRequest("the body ended before it was complete");
    }
  }

  private Received readForm(FormParser parser) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    Optional<Upload> recording = Optional.empty();
    boolean complete = false;
    try {
      FileItemInputIterator parts = parser.parts();
      while (parts.hasNext()) {
        FileItemInput part = parts.next();
        String field = String.valueOf(part.getFieldName());
        if (field.equals("file")) {
          if (recording.isPresent()) {
            throw ProblemException.badRequest("expected one part named file, found more");
          }
          recording = Optional.of(spool(printable(part.getName()), part.getInputStream()));
        } else if (fields.size() < MOST_FIELDS) {
          byte[] value = part.getInputStream().readNBytes(LONGEST_FIELD + 1);
          if (value.length > LONGEST_FIELD) {
            throw ProblemException.badRequest(
                "the field %s is longer than %d bytes".formatted(printable(field), LONGEST_FIELD));
          }
          fields.put(field, new String(value, StandardCharsets.UTF_8));
        } else {
          throw ProblemException.badRequest("expected at most %d fields".formatted(MOST_FIELDS));
        }
      }
      Upload found =
          recording.orElseThrow(
              () -> ProblemException.badRequest("expected a part named file, found none"));
      complete = true;
      return new Received(found, fields);
    } finally {
      if (!complete && recording.isPresent()) {
        recording.get().close();
      }
    }
  }

  private Upload spool(String name, InputStream body) throws IOException {
    byte[] beginning = body.readNBytes(MOST_IN_MEMORY + 1);
    if (beginning.length <= MOST_IN_MEMORY) {
      return Upload.inMemory(name, beginning);
    }
    Path file = writableFile();
    boolean complete = false;
    try {
      try (OutputStream out = openForWriting(file)) {
        write(out, beginning, beginning.length);
        byte[] some = new byte[1 << 16];
        for (int count = body.read(some); count >= 0; count = body.read(some)) {
          write(out, some, count);
        }
      }
      complete = true;
      return Upload.inFile(name, file);
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path writableFile() {
    try {
      return Files.createTempFile(folder, "upload", "");
    } catch (IOException e) {
      throw noRoom();
    }
  }

  private static OutputStream openForWriting(Path file) {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw noRoom();
    }
  }

  private static void write(OutputStream out, byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw noRoom();
    }
  }

  private static ProblemException noRoom() {
    return new ProblemException(
        507, "no-space", "the server has no room left to take in recordings of this size");
  }

  private static String name(Context context) {
    String given = context.queryParam("name");
    if (given == null) {
      given =
          Optional.ofNullable(context.header("Content-Disposition"))
              .map(FormParser::fileName)
              .orElse("");
    }
    return printable(given);
  }

  /** Returns a name for people to read: no path, no control characters, not endless. */
  private static String printable(String given) {
    String name = given == null ? "" : given;
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    name = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "").strip();
    if (name.length() > LONGEST_NAME) {
      name = name.substring(name.length() - LONGEST_NAME);
    }
    return name.isEmpty() ? UNNAMED : name;
  }

  private static String oneLine(Exception e) {
    return printable(String.valueOf(e.getMessage()));
  }

  /** Removes a recording that nobody wants. */
  static void discard(Upload recording) {
    try {
      recording.close();
    } catch (IOException e) {
      // The folder is emptied when the server ends.
    }
  }

  /** Removes what is left of the temporary folder. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
