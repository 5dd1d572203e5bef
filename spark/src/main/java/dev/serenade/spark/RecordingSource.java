package dev.serenade.spark;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A recording to be scored.
 *
 * @param path where it is, by any file system that Hadoop reads
 * @param content its bytes, if they are at hand; otherwise they are read from the path
 */
record RecordingSource(String path, Optional<byte[]> content) {

  static RecordingSource at(String path) {
    return new RecordingSource(path, Optional.empty());
  }

  /**
   * Opens it.
   *
   * @throws TooLargeException before anything is read, if it is larger than this
   * @throws java.io.FileNotFoundException if there is no such file
   * @throws IOException if the storage fails, or if it is no audio
   */
  AudioReader open(AudioDecoder decoder, Configuration hadoop, long maximumBytes)
      throws IOException {
    if (content.isPresent()) {
      requireAtMost(maximumBytes, content.get().length);
      return decoder.open(content.get(), path);
    }
    Path file = new Path(path);
    FileSystem files = file.getFileSystem(hadoop);
    FileStatus status = files.getFileStatus(file);
    requireAtMost(maximumBytes, status.getLen());
    return decoder.open(new HadoopChannel(files.open(file), status.getLen()), path);
  }

  private void requireAtMost(long maximumBytes, long found) throws TooLargeException {
    if (found > maximumBytes) {
      throw new TooLargeException(
          "%s: %d bytes at most expected, found %d".formatted(path, maximumBytes, found));
    }
  }

  /** Says that a recording has more bytes than the limit. */
  static final class TooLargeException extends IOException {
    TooLargeException(String message) {
      super(message);
    }
  }
}
