package dev.serenade.training.store;

import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.Float16;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hidden states on disk: one safetensors file a clip, in float16, with one tensor (T, D) a layer.
 *
 * <p>A file appears whole or not at all, so a process that is killed loses at most the clips in
 * flight, and the next run goes on from there; what it was writing is swept away when the store is
 * opened an hour later. A file that was truncated or overwritten by something else counts as
 * missing. When the store would outgrow its limit, the files that were not used for the longest
 * time go first, those of this run never.
 *
 * <p>Safe for use by many threads, and by several processes on one folder. Each process keeps the
 * limit by what it knows of the others' files. If two write layers of one clip at the same moment,
 * both go on with what they wrote, but the store may keep only one's.
 */
public final class FeatureStore {

  private final StoreFolder files;
  private final Path folder;
  private final long limitBytes;
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();
  private long sizeBytes;

  private FeatureStore(StoreFolder files, Path folder, long limitBytes, long sizeBytes) {
    this.files = files;
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
        "Hidden states of %s. May be deleted at any time.%n".formatted(identity.description()));
    StoreFolder files = new StoreFolder(root);
    files.sweep();
    return new FeatureStore(files, folder, limitBytes, files.sizeBytes());
  }

  /** Returns the folder of these states. */
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
    inUse.add(file);
    try {
      Optional<StoredClip> found = read(file, layers);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return found;
    } catch (NoSuchFileException | TensorFormatException e) {
      // Missing, taken away meanwhile, or damaged by something else: computing it again mends it.
      return Optional.empty();
    }
  }

  private static Optional<StoredClip> read(Path file, Set<Integer> layers) throws IOException {
    Map<Integer, StoredStates> found = new HashMap<>();
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      for (int layer : layers) {
        if (!tensors.names().contains(tensorName(layer))) {
          return Optional.empty();
        }
        found.put(layer, states(tensors, tensorName(layer)));
      }
    }
    return Optional.of(new StoredClip(found));
  }

  private static StoredStates states(SafetensorsFile tensors, String name) throws IOException {
    TensorInfo info = tensors.info(name);
    if (info.type() != ElementType.F16 || info.shape().size() != 2) {
      throw new TensorFormatException(
          "tensor %s: expected F16 of shape (frames, width), found %s of shape %s"
              .formatted(name, info.type(), info.shape()));
    }
    return new StoredStates(
        Math.toIntExact(info.shape().get(0)),
        Math.toIntExact(info.shape().get(1)),
        tensors.rawBytes(name).asShortBuffer());
  }

  /**
   * Stores a clip's states, beside those of other layers that are there already.
   *
   * @return the states as they were stored
   * @throws StatesRangeException if a value is not finite as a 16-bit float
   * @throws FeatureStoreFullException if there is no room and nothing can go
   * @throws IOException if the disk is full; nothing half-written stays
   */
  public StoredClip put(String clip, SortedMap<Integer, HiddenStates> layers) throws IOException {
    Path file = file(clip);
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F16);
    keepOtherLayers(file, writer);
    for (Map.Entry<Integer, HiddenStates> layer : layers.entrySet()) {
      writer.add(tensorName(layer.getKey()), tensor(layer.getKey(), layer.getValue()));
    }
    Files.createDirectories(file.getParent());
    Path unfinished =
        file.resolveSibling(clip + "." + UUID.randomUUID() + StoreFolder.UNFINISHED_SUFFIX);
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        writer.write(out);
      }
      // Before another process can replace or delete it; the memory map outlasts both.
      StoredClip stored = read(unfinished, layers.keySet()).orElseThrow();
      inUse.add(file);
      moveInto(file, unfinished);
      return stored;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void keepOtherLayers(Path file, SafetensorsWriter writer) throws IOException {
    try (SafetensorsFile present = SafetensorsFile.open(file)) {
      for (String name : present.names()) {
        writer.add(name, present.read(name));
      }
    } catch (NoSuchFileException | TensorFormatException e) {
      // There is nothing to keep.
    }
  }

  private synchronized void moveInto(Path file, Path unfinished) throws IOException {
    long growth = Files.size(unfinished) - sizeOf(file);
    makeRoom(growth);
    // REPLACE_EXISTING would take the old file away first, and others would miss it for a moment.
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    sizeBytes += growth;
  }

  private void makeRoom(long growth) throws IOException {
    if (sizeBytes + growth <= limitBytes) {
      return;
    }
    // Other processes may have added and deleted files since they were last counted.
    List<StoreFolder.Entry> oldestFirst = files.oldestFirst();
    sizeBytes = oldestFirst.stream().mapToLong(StoreFolder.Entry::sizeBytes).sum();
    for (StoreFolder.Entry entry : oldestFirst) {
      if (sizeBytes + growth > limitBytes && !inUse.contains(entry.file())) {
        Files.deleteIfExists(entry.file());
        sizeBytes -= entry.sizeBytes();
      }
    }
    if (sizeBytes + growth > limitBytes) {
      throw new FeatureStoreFullException(files.root(), limitBytes);
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static FloatTensor tensor(int layer, HiddenStates states) throws StatesRangeException {
    FloatBuffer values = FloatTensor.allocate(states.frames(), states.width());
    values.put(states.values()).rewind();
    for (int i = 0; i < values.capacity(); i++) {
      if (!Float.isFinite(Float16.toFloat(Float16.fromFloat(values.get(i))))) {
        throw new StatesRangeException(
            layer, i / states.width(), i % states.width(), values.get(i));
      }
    }
    return FloatTensor.wrap(values, states.frames(), states.width());
  }

  private static String tensorName(int layer) {
    return "layer." + layer;
  }

  /** Two letters of the hash make a folder, so that no folder grows too large. */
  Path file(String clip) {
    return folder.resolve(clip.substring(0, 2)).resolve(clip + StoreFolder.SUFFIX);
  }
}
