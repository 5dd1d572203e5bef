package dev.serenade.hub;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that is kept below the root.
 *
 * @param name by which it is found: its place below the root, with slashes
 * @param path its folder, or its file if it is one of whisper.cpp
 * @param sizeBytes of all of it
 * @param record where it came from, unless a user put it there
 */
public record StoredEncoder(String name, Path path, long sizeBytes, Optional<PullRecord> record) {}
