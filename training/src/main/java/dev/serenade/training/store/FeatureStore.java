package dev.serenade.training.store;

import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Hidden states on disk: one safetensors file a clip, in float16, with one tensor (T, D) a layer.
 *
 * <p>A file appears whole or not at all, so a process that is killed loses at most the clips in
 * flight, and the next run goes on from there. When the store would outgrow its limit, the files
 * that were not used for the longest time go first, those of this run never.
 *
 * <p>Safe for use by many threads, and by several processes on one folder.
 */
public final class FeatureStore {

  private static final String SUFFIX = ".safetensors";

  private final Path root;
  private final Path folder;
  private final long limitBytes;
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();
  private long sizeBytes;

  private FeatureStore(Path root, Path folder, long limitBytes, long sizeBytes) {
    this.root = root;
    this.folder = folder;
    this.limitBytes = limitBytes;
    this.sizeBytes = sizeBytes;
  }

  /**
   * Opens the store below a folder, which is made if it is missing.
   *
   * @param limitBytes how much all that is stored below the root may take
   */
  public static FeatureStore open(Path root, StoreIdentity identity, long limitBytes)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve(identity.folderName()));
    Files.writeString(
        folder.resolve("README.txt"),
        "Hidden states of %s (SHA-256 %s), window %s. May be deleted at any time.%n"
            .formatted(identity.encoderName(), identity.encoderSha256(), identity.window()));
    long size = 0;
    for (Path file : files(root)) {
      size += sizeOf(file);
    }
    return new FeatureStore(root, folder, limitBytes, size);
  }

  /** Returns the folder of this encoder and window. */
  public Path folder() {
    return folder;
  }

  /** Returns how much is stored below the root, in bytes. */
  public synchronized long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Returns a clip's states, if all these layers are there.
   *
   * @param clip the hash of its content
   */
  public Optional<StoredClip> find(String clip, Set<Integer> layers) throws IOException {
    Path file = file(clip);
    Map<Integer, StoredStates> found = new HashMap<>();
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      for (int layer : layers) {
        if (!tensors.names().contains(tensorName(layer))) {
          return Optional.empty();
        }
        TensorInfo info = tensors.info(tensorName(layer));
        found.put(
            layer,
            new StoredStates(
                Math.toIntExact(info.shape().get(0)),
                Math.toIntExact(info.shape().get(1)),
                tensors.rawBytes(info.name()).asShortBuffer()));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (TensorFormatException e) {
      // Damaged by something else than us; computing it again mends it.
      return Optional.empty();
    }
    inUse.add(file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    return Optional.of(new StoredClip(found));
  }

  /**
   * Stores a clip's states, beside those of other layers that are there already.
   *
   * @throws FeatureStoreFullException if there is no room and nothing can go
   * @throws IOException if the disk is full; nothing half-written stays
   */
  public void put(String clip, SortedMap<Integer, HiddenStates> layers) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F16);
    Path file = file(clip);
    try (SafetensorsFile present = SafetensorsFile.open(file)) {
      for (String name : present.names()) {
        writer.add(name, present.read(name));
      }
    } catch (NoSuchFileException | TensorFormatException e) {
      // There is nothing to keep.
    }
    layers.forEach((layer, states) -> writer.add(tensorName(layer), tensor(states)));
    Files.createDirectories(file.getParent());
    Path temporary = file.resolveSibling(clip + "." + UUID.randomUUID() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(temporary)) {
        writer.write(out);
      }
      inUse.add(file);
      makeRoom(sizeOf(temporary), sizeOf(file));
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private synchronized void makeRoom(long added, long replaced) throws IOException {
    if (sizeBytes + added - replaced > limitBytes) {
      for (Path file : oldestFirst()) {
        if (!inUse.contains(file)) {
          long size = sizeOf(file);
          Files.deleteIfExists(file);
          sizeBytes -= size;
          if (sizeBytes + added - replaced <= limitBytes) {
            break;
          }
        }
      }
    }
    if (sizeBytes + added - replaced > limitBytes) {
      throw new FeatureStoreFullException(root, limitBytes);
    }
    sizeBytes += added - replaced;
  }

  private List<Path> oldestFirst() throws IOException {
    Map<Path, FileTime> times = new HashMap<>();
    for (Path file : files(root)) {
      times.put(file, Files.getLastModifiedTime(file));
    }
    return times.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry<Path, FileTime>::getValue))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static FloatTensor tensor(HiddenStates states) {
    FloatBuffer values = FloatTensor.allocate(states.frames(), states.width());
    values.put(states.values()).rewind();
    return FloatTensor.wrap(values, states.frames(), states.width());
  }

  private static String tensorName(int layer) {
    return "layer." + layer;
  }

  /** Two letters of the hash make a folder, so that no folder grows too large. */
  private Path file(String clip) {
    return folder.resolve(clip.substring(0, 2)).resolve(clip + SUFFIX);
  }
}
