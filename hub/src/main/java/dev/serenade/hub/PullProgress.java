package dev.serenade.hub;

/** Is told how far a download is. */
public interface PullProgress {

  /**
   * A file is downloaded up to a byte.
   *
   * @param file its name
   * @param doneBytes of all files
   * @param totalBytes of all files
   */
  void at(String file, long doneBytes, long totalBytes);

  /** Something that a user may want to know, such as that a connection broke; one line. */
  void note(String line);
}
