package dev.serenade.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Downloads models into a folder below a root. A model's folder appears when all of its files are
 * there and have the hashes that the hub lists; until then they are in {@code .pull} below the
 * root, where the next pull of the same commit goes on.
 *
 * <p>Safe for many threads and processes: whoever comes second waits.
 */
public final class ModelPull {

  /** Measures how many bytes can be written to where a folder is. */
  @FunctionalInterface
  interface FreeSpace {
    long bytes(Path folder) throws IOException;
  }

  private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}");
  private static final int LARGEST_LISTING_BYTES = 16 << 20;

  /** Left free for everybody else. */
  private static final long RESERVE_BYTES = 64 << 20;

  private final HubSettings settings;
  private final Path root;
  private final FreeSpace freeSpace;

  /**
   * Makes one that downloads as the settings say.
   *
   * @param root below which models are kept
   */
  public ModelPull(HubSettings settings, Path root) {
    this(settings, root, folder -> Files.getFileStore(folder).getUsableSpace());
  }

  ModelPull(HubSettings settings, Path root, FreeSpace freeSpace) {
    this.settings = settings;
    this.root = root;
    this.freeSpace = freeSpace;
  }

  /**
   * Downloads a model, or what is missing of it.
   *
   * @param revision a branch, tag or commit
   * @param replace whether one that is there and differs is replaced
   * @throws IllegalArgumentException if that is no revision
   * @throws HubException if it cannot be done; what has come is kept for the next time
   */
  public Pulled pull(RepositoryName name, String revision, boolean replace, PullProgress progress)
      throws IOException {
    if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
      throw new IllegalArgumentException(
          "expected a branch, tag or commit such as main, found " + revision);
    }
    Path target = root.resolve(name.folder());
    if (settings.offline()) {
      throw unreachable(name, target, "HF_HUB_OFFLINE is set", Optional.empty());
    }
    Path own = root.resolve(".pull").resolve(name.owner() + "--" + name.name());
    Runnable waiting =
        () -> progress.note("another process downloads %s; waiting for it".formatted(name));
    RepositoryLock lock =
        RepositoryLock.acquire(own.resolveSibling(own.getFileName() + ".lock"), waiting);
    try {
      return pullAlone(name, revision, replace, target, own, progress);
    } catch (UnreachableException e) {
      throw unreachable(
          name,
          target,
          "cannot reach %s: %s".formatted(settings.endpoint(), e.getMessage()),
          Optional.of(e));
    } finally {
      lock.close();
    }
  }

  private HubException unreachable(
      RepositoryName name, Path target, String why, Optional<IOException> cause) {
    String proxy =
        ProxyRule.of(settings.proxy(), settings.noProxy())
            .describe()
            .map(address -> " through the proxy " + address)
            .orElse("");
    String message =
        "%s%s; name a mirror with --endpoint or a proxy with --proxy, or put config.json and model.safetensors of %s into %s"
            .formatted(why, cause.isPresent() ? proxy : "", name, target);
    return cause.map(e -> new HubException(message, e)).orElseGet(() -> new HubException(message));
  }

  private Pulled pullAlone(
      RepositoryName name,
      String revision,
      boolean replace,
      Path target,
      Path own,
      PullProgress progress)
      throws IOException {
    Optional<PullRecord> record = PullRecord.read(target);
    if (Files.exists(target) && record.isEmpty() && !replace) {
      throw new HubException(
          "%s is there already, and was not downloaded by pull; remove it, or pull with --replace"
              .formatted(target));
    }
    HubConnection connection = new HubConnection(settings);
    RepositoryListing listing = listing(connection, name, revision, progress);
    if (record.isPresent() && !replace) {
      if (!record.get().revision().equals(listing.commit())) {
        throw new HubException(
            "%s is there at revision %s, the hub has %s of %s; pull with --replace to have that"
                .formatted(target, record.get().revision(), listing.commit(), revision));
      }
      requireWhole(target, record.get());
      return new Pulled(target, record.get(), EncoderStore.sizeBytes(target), true);
    }
    Path staging = staging(own, listing.commit());
    NeededFiles needed = new NeededFiles(listing, name.toString());
    PullRecord written = download(connection, name, needed, listing, staging, progress);
    install(staging, target, own);
    return new Pulled(target, written, EncoderStore.sizeBytes(target), false);
  }

  private static void requireWhole(Path target, PullRecord record) throws HubException {
    for (String file : record.sha256().keySet()) {
      if (!Files.isRegularFile(target.resolve(file))) {
        throw new HubException(
            "%s: %s is missing; pull with --replace to download it again".formatted(target, file));
      }
    }
  }

  private RepositoryListing listing(
      HubConnection connection, RepositoryName name, String revision, PullProgress progress)
      throws IOException {
    URI uri =
        URI.create(
            "%s/api/models/%s/revision/%s?blobs=true"
                .formatted(settings.endpoint(), name, encode(revision)));
    return new Retries(settings.retries(), progress)
        .run(
            "list of files",
            () -> 0,
            () -> {
              try (InputStream body =
                      connection
                          .get(uri, Map.of("Accept", "application/json"), Set.of(200))
                          .body();
                  StallGuard guard = new StallGuard(body, settings.retries().stall())) {
                byte[] json = body.readNBytes(LARGEST_LISTING_BYTES);
                guard.alive();
                return RepositoryListing.parse(
                    new String(json, StandardCharsets.UTF_8), HubConnection.shown(uri));
              }
            });
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What was begun of another commit is of no use any more. */
  private static Path staging(Path own, String commit) throws IOException {
    Path staging = own.resolve(commit);
    Files.createDirectories(staging);
    try (var others = Files.list(own)) {
      for (Path other : others.toList()) {
        if (!other.equals(staging)) {
          EncoderStore.deleteTree(other);
        }
      }
    }
    return staging;
  }

  private PullRecord download(
      HubConnection connection,
      RepositoryName name,
      NeededFiles needed,
      RepositoryListing listing,
      Path staging,
      PullProgress progress)
      throws IOException {
    Files.deleteIfExists(staging.resolve(PullRecord.FILE));
    Batch batch = new Batch(connection, name, listing.commit(), staging, progress);
    RepositoryFile config = needed.config();
    batch.run(List.of(config));
    needed.requireWhisper(staging.resolve(config.path()));
    Optional<RepositoryFile> index = needed.index();
    if (index.isPresent()) {
      batch.run(List.of(index.get()));
    }
    batch.run(needed.others(index.map(file -> staging.resolve(file.path()))));
    PullRecord record = PullRecord.now(name, settings, listing.commit(), staging);
    record.write(staging);
    return record;
  }

  /** Files that are downloaded one after the other into one folder. */
  private final class Batch {

    private final HubConnection connection;
    private final String base;
    private final Path staging;
    private final PullProgress progress;

    Batch(
        HubConnection connection,
        RepositoryName name,
        String commit,
        Path staging,
        PullProgress progress) {
      this.connection = connection;
      this.base = "%s/%s/resolve/%s/".formatted(settings.endpoint(), name, commit);
      this.staging = staging;
      this.progress = progress;
    }

    void run(List<RepositoryFile> files) throws IOException {
      List<FileDownload> downloads = new ArrayList<>();
      long total = 0;
      long there = 0;
      for (RepositoryFile file : files) {
        Path path = staging.resolve(file.path());
        URI uri = URI.create(base + encode(file.path()));
        FileDownload download = new FileDownload(connection, settings.retries(), uri, file, path);
        downloads.add(download);
        total += file.sizeBytes();
        there += download.haveBytes();
      }
      requireSpace(total - there);
      long before = 0;
      for (int i = 0; i < files.size(); i++) {
        RepositoryFile file = files.get(i);
        long start = before;
        long all = total;
        downloads.get(i).run(progress, done -> progress.at(file.path(), start + done, all));
        before += file.sizeBytes();
      }
    }

    private void requireSpace(long neededBytes) throws IOException {
      long free = freeSpace.bytes(staging);
      if (neededBytes + RESERVE_BYTES > free) {
        throw new HubException(
            "%s: expected %d MB of free disk, found %d MB; SERENADE_ENCODERS may name another folder"
                .formatted(root, (neededBytes + RESERVE_BYTES) / 1_000_000 + 1, free / 1_000_000));
      }
    }
  }

  private static void install(Path staging, Path target, Path own) throws IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Path old = own.resolve("old-" + UUID.randomUUID());
    try {
      Files.move(target, old);
    } catch (NoSuchFileException nothingToReplace) {
      // As at the first time.
    }
    Files.move(staging, target);
    EncoderStore.deleteTree(own);
  }
}
