package dev.serenade.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.CannotRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrackFilesTest {

  @TempDir Path folder;

  @Test
  void filesAreNamedForTheirRecordings() throws CannotRunException {
    TrackFiles files = files("calls/one.wav", "calls/two", ".hidden.wav", "-");

    assertThat(name(files, Track.whole("calls/one.wav"))).isEqualTo("one.srt");
    assertThat(name(files, Track.channel("calls/one.wav", 2))).isEqualTo("one-channel2.srt");
    assertThat(name(files, Track.whole("calls/two"))).isEqualTo("two.srt");
    assertThat(name(files, Track.whole(".hidden.wav"))).isEqualTo(".hidden.srt");
    assertThat(name(files, Track.whole("-"))).isEqualTo("stdin.srt");
  }

  @Test
  void noTwoRecordingsShareAFile() throws CannotRunException {
    TrackFiles files = files("a/x.wav", "a/X.mp3", "b/x.wav", "c/x.wav", "y.wav");

    assertThat(
            Stream.of("a/x.wav", "a/X.mp3", "b/x.wav", "c/x.wav", "y.wav")
                .map(name -> name(files, Track.whole(name))))
        .containsExactly("x.wav.srt", "X.mp3.srt", "x.wav-2.srt", "x.wav-3.srt", "y.srt");
  }

  @Test
  void aRecordingThatIsGivenTwiceHasOneFile() throws CannotRunException {
    assertThat(name(files("a.wav", "a.wav"), Track.whole("a.wav"))).isEqualTo("a.srt");
  }

  private TrackFiles files(String... names) throws CannotRunException {
    return TrackFiles.in(
        folder.resolve("new"),
        Stream.of(names)
            .map(
                name ->
                    new Recording(
                        name,
                        decoder -> {
                          throw new IOException("not opened here");
                        }))
            .toList());
  }

  private static String name(TrackFiles files, Track track) {
    return files.of(track, "srt").getFileName().toString();
  }
}
