package dev.serenade.spark;

/**
 * A recording that a job is to score.
 *
 * @param path where it is
 * @param bytes how large it is; 0 if that is not known
 */
record ListedRecording(String path, long bytes) {}
