package dev.serenade.cli.predict;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.evaluation.figure.TimelineChart;
import dev.serenade.evaluation.figure.TimelinePicture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where pictures of timelines go. */
final class TimelinePlots {

  private static final String SVG = "svg";
  private static final String PNG = "png";

  /** Gives the file of a track's picture. */
  @FunctionalInterface
  private interface Places {
    Path of(Track track);
  }

  private final Places places;

  private TimelinePlots(Places places) {
    this.places = places;
  }

  /** Tells whether a path names a picture, and not a folder for some. */
  static boolean isPicture(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith("." + SVG) || name.endsWith("." + PNG);
  }

  /** Returns a place for the picture of the only track there is. */
  static TimelinePlots in(Path picture) {
    return new TimelinePlots(track -> picture);
  }

  /** Returns places for the pictures of many tracks in a folder, which is made if need be. */
  static TimelinePlots in(Path folder, List<Recording> recordings) throws CannotRunException {
    TrackFiles files = TrackFiles.in(folder, recordings);
    return new TimelinePlots(track -> files.of(track, SVG));
  }

  /** Draws what was heard. */
  void draw(Heard heard, TimelineTrace trace) throws CannotRunException {
    Path file = places.of(heard.track());
    TimelinePicture picture = trace.picture(heard.track(), heard.analysis());
    try (OutputStream out = Files.newOutputStream(file)) {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith("." + PNG)) {
        TimelineChart.writePng(picture, out);
      } else {
        String svg = TimelineChart.of("timeline", picture).standalone();
        out.write(svg.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException | LinkageError e) {
      // Java draws text with fonts of the system, and throws an error where there are none.
      throw new CannotRunException("cannot draw %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
