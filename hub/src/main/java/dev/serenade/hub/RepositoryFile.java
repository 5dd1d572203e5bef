package dev.serenade.hub;

import java.util.Optional;

/**
 * A file as the hub lists it.
 *
 * @param path its place in the repository, with slashes
 * @param sizeBytes how long it is
 * @param blobId the SHA-1 that Git gives its content (of a large file: of what stands for it)
 * @param sha256 of its content, if it is kept as a large file
 */
record RepositoryFile(String path, long sizeBytes, String blobId, Optional<String> sha256) {}
