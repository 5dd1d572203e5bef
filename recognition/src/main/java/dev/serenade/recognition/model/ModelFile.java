package dev.serenade.recognition.model;

import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TextPart;
import dev.serenade.recognition.text.TokenStates;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.Sha256;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes model files.
 *
 * <p>Entries are stored, not compressed: weights hardly shrink, and loading should not wait for it.
 * Each entry's SHA-256 stands in {@code model.json}, and is checked before anything is used, save
 * with {@link #readOwn}.
 */
public final class ModelFile {

  private static final String MODEL = "model.json";
  private static final String HEAD = "head.safetensors";
  private static final String ENCODER = "encoder.safetensors";
  private static final String TEXT = "text.safetensors";

  /** Bounds what a hostile file can make us read. */
  private static final Map<String, Integer> LARGEST_BYTES =
      Map.of(MODEL, 1 << 20, HEAD, 1 << 28, ENCODER, Integer.MAX_VALUE - 8, TEXT, 1 << 28);

  private ModelFile() {}

  /**
   * Reads a model; its encoder from the file, or by its name if the file holds none; the decoder of
   * one that goes by words too by its name.
   *
   * @throws ModelFormatException if the file is damaged, altered, or of an unknown version
   * @throws IOException if it, its encoder, or its decoder cannot be read
   */
  public static EmotionModel read(Path file, EncoderLocator encoders) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, file.toString(), encoders);
    }
  }

  /**
   * Reads a model from a stream, which stays open.
   *
   * @param name what to call it in messages
   */
  public static EmotionModel read(InputStream in, String name, EncoderLocator encoders)
      throws IOException {
    Map<String, byte[]> entries = entries(in, name);
    ModelJson json = json(entries, name);
    checkHashes(json, entries, name);
    return model(json.description(), entries, name, encoders);
  }

  /**
   * Reads a model that comes with the program itself. Whoever could alter it could alter the
   * program too, so only the checksums of the zip are looked at: to hash it takes a quarter of the
   * time in which a first result is there.
   */
  public static EmotionModel readOwn(InputStream in, String name, EncoderLocator encoders)
      throws IOException {
    Map<String, byte[]> entries = entries(in, name);
    return model(json(entries, name).description(), entries, name, encoders);
  }

  private static EmotionModel model(
      ModelDescription description,
      Map<String, byte[]> entries,
      String name,
      EncoderLocator encoders)
      throws IOException {
    Head head = head(entries, description, name).head();
    Optional<TextPart> text = Optional.empty();
    if (description.text().isPresent()) {
      text = Optional.of(text(entries, description.text().get(), name, encoders));
    }
    EncoderWeights encoder =
        encoder(description, Optional.ofNullable(entries.get(ENCODER)), name, encoders);
    try {
      return new EmotionModel(description, head, encoder, text);
    } catch (IllegalArgumentException e) {
      encoder.close();
      throw new ModelFormatException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static TextPart text(
      Map<String, byte[]> entries, TextDescription text, String name, EncoderLocator encoders)
      throws IOException {
    Head head = head(entries, TEXT, text.head(), name);
    TokenStates states = DecoderOfModel.find(text, name, encoders);
    try {
      return new TextPart(text, head, states);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static ModelJson json(Map<String, byte[]> entries, String name) throws IOException {
    return ModelJson.parse(new String(require(entries, MODEL, name), StandardCharsets.UTF_8), name);
  }

  /** Checks that the other entries are what is said of them. */
  private static void checkHashes(ModelJson json, Map<String, byte[]> entries, String name)
      throws ModelFormatException {
    for (var hash : json.hashes().entrySet()) {
      String found = Sha256.of(require(entries, hash.getKey(), name));
      if (!found.equals(hash.getValue())) {
        throw new ModelFormatException(
            "%s: %s was altered: expected SHA-256 %s, found %s"
                .formatted(name, hash.getKey(), hash.getValue(), found));
      }
    }
    for (String entry : entries.keySet()) {
      if (!entry.equals(MODEL) && !json.hashes().containsKey(entry)) {
        throw new ModelFormatException("%s: %s is not listed in %s".formatted(name, entry, MODEL));
      }
    }
  }

  private static DescribedHead head(
      Map<String, byte[]> entries, ModelDescription description, String name) throws IOException {
    requireTextAsDescribed(entries, description, name);
    return new DescribedHead(description, head(entries, HEAD, description.head(), name));
  }

  private static Head head(Map<String, byte[]> entries, String entry, HeadSpec spec, String name)
      throws IOException {
    try (SafetensorsFile head = tensors(require(entries, entry, name), name + "!" + entry)) {
      return Head.read(spec, head);
    }
  }

  /** A model is never read without a part of it. */
  private static void requireTextAsDescribed(
      Map<String, byte[]> entries, ModelDescription description, String name)
      throws ModelFormatException {
    if (description.text().isPresent() != entries.containsKey(TEXT)) {
      throw new ModelFormatException(
          description.text().isPresent()
              ? "%s: %s describes a part that goes by words, but there is no %s"
                  .formatted(name, MODEL, TEXT)
              : "%s: %s is there, but %s describes no part that goes by words"
                  .formatted(name, TEXT, MODEL));
    }
  }

  /**
   * Reads the head of a model and what is said of it, not its encoder.
   *
   * @throws ModelFormatException if the file is damaged, altered, or of an unknown version
   * @throws IOException if it cannot be read
   */
  public static DescribedHead readHead(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return readHead(in, file.toString());
    }
  }

  /**
   * Reads the head of a model from a stream, which stays open.
   *
   * @param name what to call it in messages
   */
  public static DescribedHead readHead(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = entries(in, name);
    ModelJson json = json(entries, name);
    checkHashes(json, entries, name);
    return head(entries, json.description(), name);
  }

  private static EncoderWeights encoder(
      ModelDescription description, Optional<byte[]> embedded, String name, EncoderLocator encoders)
      throws IOException {
    EncoderIdentity identity = description.encoder();
    if (embedded.isPresent()) {
      return EncoderWeights.of(identity.config(), tensors(embedded.get(), name + "!" + ENCODER));
    }
    EncoderWeights weights = encoders.open(identity.name());
    String found = Sha256.of(weights.files());
    if (!found.equals(identity.sha256())) {
      weights.close();
      throw new ModelFormatException(
          "%s: trained on encoder %s with SHA-256 %s, found one with %s in %s"
              .formatted(name, identity.name(), identity.sha256(), found, weights.files()));
    }
    return weights;
  }

  private static SafetensorsFile tensors(byte[] content, String name) throws IOException {
    return SafetensorsFile.of(ByteBuffer.wrap(content), name);
  }

  private static byte[] require(Map<String, byte[]> entries, String entry, String name)
      throws ModelFormatException {
    byte[] content = entries.get(entry);
    if (content == null) {
      throw new ModelFormatException(
          "%s: expected a model file, a zip with %s and %s, found %s"
              .formatted(
                  name, MODEL, HEAD, entries.isEmpty() ? "no zip" : entries.keySet().toString()));
    }
    return content;
  }

  private static Map<String, byte[]> entries(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Integer limit = LARGEST_BYTES.get(entry.getName());
        if (limit != null) {
          byte[] content = zip.readNBytes(limit);
          if (zip.read() >= 0) {
            throw new ModelFormatException(
                "%s: %s is larger than %d bytes".formatted(name, entry.getName(), limit));
          }
          entries.put(entry.getName(), content);
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new ModelFormatException(
          "%s: the file is truncated or altered: %s".formatted(name, e.getMessage()), e);
    }
    return entries;
  }

  /**
   * Writes a model. The file appears whole or not at all.
   *
   * @param withEncoder whether to put the encoder's blocks into the file, so that it needs no other
   */
  public static void write(EmotionModel model, boolean withEncoder, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        write(model, withEncoder, out);
      }
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a model to a stream, which stays open. */
  public static void write(EmotionModel model, boolean withEncoder, OutputStream target)
      throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    model.head().write(head);
    entries.put(HEAD, head.toByteArray());
    if (model.text().isPresent()) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      model.text().get().head().write(text);
      entries.put(TEXT, text.toByteArray());
    }
    if (withEncoder) {
      ByteArrayOutputStream encoder = new ByteArrayOutputStream();
      ModelDescription description = model.description();
      model.encoder().write(description.head().fusion().highest(), description.window(), encoder);
      entries.put(ENCODER, encoder.toByteArray());
    }
    Map<String, String> hashes = new LinkedHashMap<>();
    entries.forEach((name, content) -> hashes.put(name, Sha256.of(content)));
    String json = new ModelJson(model.description(), hashes).write();
    ZipOutputStream zip = new ZipOutputStream(target);
    put(zip, MODEL, json.getBytes(StandardCharsets.UTF_8));
    for (var entry : entries.entrySet()) {
      put(zip, entry.getKey(), entry.getValue());
    }
    zip.finish();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    // Equal models give equal files, whenever they are written.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
