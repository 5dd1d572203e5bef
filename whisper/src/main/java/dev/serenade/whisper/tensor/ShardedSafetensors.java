package dev.serenade.whisper.tensor;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tensors spread over several safetensors files, found through an index such as {@code
 * model.safetensors.index.json}, whose {@code weight_map} gives each tensor's file.
 */
public final class ShardedSafetensors implements TensorSource {

  private final Path index;
  private final Map<String, SafetensorsFile> fileOf;

  private ShardedSafetensors(Path index, Map<String, SafetensorsFile> fileOf) {
    this.index = index;
    this.fileOf = fileOf;
  }

  /**
   * Opens the index and every file it names; these lie in the folder of the index.
   *
   * @throws TensorFormatException if the index is malformed, or names a file outside its folder
   */
  public static ShardedSafetensors open(Path index) throws IOException {
    Map<String, SafetensorsFile> opened = new LinkedHashMap<>();
    Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();
    try {
      for (var member : weightMap(index).entrySet()) {
        String shard = member.getValue();
        SafetensorsFile file = opened.get(shard);
        if (file == null) {
          file = openShard(index, shard);
          opened.put(shard, file);
        }
        fileOf.put(member.getKey(), file);
      }
    } catch (IOException | RuntimeException e) {
      for (SafetensorsFile file : opened.values()) {
        file.close();
      }
      throw e;
    }
    return new ShardedSafetensors(index, Collections.unmodifiableMap(fileOf));
  }

  private static Map<String, String> weightMap(Path index) throws IOException {
    Map<String, String> shardOf = new LinkedHashMap<>();
    try {
      JsonObject root = JsonParser.parseString(Files.readString(index)).getAsJsonObject();
      root.getAsJsonObject("weight_map")
          .entrySet()
          .forEach(member -> shardOf.put(member.getKey(), member.getValue().getAsString()));
    } catch (RuntimeException | CharacterCodingException e) {
      throw new TensorFormatException(
          index + ": expected a JSON object whose member weight_map gives each tensor's file", e);
    }
    return shardOf;
  }

  private static SafetensorsFile openShard(Path index, String shard) throws IOException {
    Path absolute = index.toAbsolutePath().normalize();
    Path file;
    try {
      file = absolute.resolveSibling(shard).normalize();
    } catch (InvalidPathException e) {
      throw new TensorFormatException(
          "%s: shard %s: %s".formatted(index, shard, e.getMessage()), e);
    }
    if (!Objects.equals(absolute.getParent(), file.getParent())) {
      throw new TensorFormatException(
          "%s: shards must lie beside the index, found %s".formatted(index, shard));
    }
    if (!Files.isRegularFile(file)) {
      throw new TensorFormatException("%s: shard %s is missing".formatted(index, file));
    }
    return SafetensorsFile.open(file);
  }

  /** Returns the files that hold the tensors, in the order in which the index names them. */
  public List<Path> files() {
    return fileOf.values().stream().distinct().map(file -> Path.of(file.describe())).toList();
  }

  @Override
  public Set<String> names() {
    return fileOf.keySet();
  }

  @Override
  public TensorInfo info(String name) throws TensorFormatException {
    return file(name).info(name);
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    return file(name).read(name);
  }

  @Override
  public StoredTensor stored(String name) throws IOException {
    return file(name).stored(name);
  }

  private SafetensorsFile file(String name) throws TensorFormatException {
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      throw new TensorFormatException("%s: tensor %s is missing".formatted(index, name));
    }
    return file;
  }

  @Override
  public String describe() {
    return index.toString();
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : Set.copyOf(fileOf.values())) {
      file.close();
    }
  }
}
