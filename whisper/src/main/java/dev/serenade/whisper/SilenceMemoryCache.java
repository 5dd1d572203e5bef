package dev.serenade.whisper;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Keeps silence memories between runs: listening takes as long as ten padded clips.
 *
 * <p>A file is named after the SHA-256 of the encoder's weights and the number of blocks, so it is
 * never that of another encoder. One that is damaged is written anew; a folder that cannot be
 * written is done without.
 */
final class SilenceMemoryCache {

  /** Raised when levels, cells or the way of listening change. */
  private static final int VERSION = 1;

  private final Path folder;

  SilenceMemoryCache(Path folder) {
    this.folder = folder;
  }

  SilenceMemory memory(EncoderWeights weights, int blocks) throws IOException {
    Path file =
        folder.resolve("silence-v%d-%s-%d.safetensors".formatted(VERSION, sha256(weights), blocks));
    if (Files.exists(file)) {
      try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
        return SilenceMemoryTensors.read(tensors, weights.config(), blocks);
      } catch (TensorFormatException damaged) {
        Files.delete(file);
      }
    }
    SilenceMemory memory = SilenceListener.listen(weights, blocks, SessionSettings.create());
    try {
      write(memory, file);
    } catch (IOException e) {
      // The next run listens again, which costs seconds; to fail would cost more.
      return memory;
    }
    return memory;
  }

  /** The file appears whole or not at all. */
  private void write(SilenceMemory memory, Path file) throws IOException {
    Files.createDirectories(folder);
    Path temporary = folder.resolve("." + UUID.randomUUID());
    try {
      try (OutputStream out = Files.newOutputStream(temporary)) {
        new SafetensorsWriter(ElementType.F16)
            .addAll(SilenceMemoryTensors.of(memory, memory.blocks()))
            .write(out);
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String sha256(EncoderWeights weights) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    for (Path file : weights.files()) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
