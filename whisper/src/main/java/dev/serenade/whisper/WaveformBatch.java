package dev.serenade.whisper;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clips that go through the graph together, since the encoder computes equally many frames for each
 * of them.
 *
 * @param indices where the clips stood in the list that was given
 * @param samples shape (B, longest clip), silence after the shorter ones
 * @param lengths of the clips, in samples
 */
public record WaveformBatch(List<Integer> indices, FloatTensor samples, List<Integer> lengths) {

  /** Copies the lists. */
  public WaveformBatch {
    indices = List.copyOf(indices);
    lengths = List.copyOf(lengths);
  }

  /**
   * Groups clips by the frames that the encoder computes for them.
   *
   * @param positions the most frames the encoder takes
   * @param largest the most clips in one batch
   * @throws IllegalArgumentException if a clip is empty or longer than the encoder hears
   */
  public static List<WaveformBatch> of(
      List<Waveform> clips, Window window, int positions, int largest) {
    Map<Integer, List<Integer>> byFrames = new TreeMap<>();
    for (int i = 0; i < clips.size(); i++) {
      int samples = clips.get(i).length();
      if (samples == 0 || samples > positions * Window.SAMPLES_PER_FRAME) {
        throw new IllegalArgumentException(
            "clip %d: expected more than 0 s and at most %s s, found %s s"
                .formatted(i, Window.longestSeconds(positions), clips.get(i).durationSeconds()));
      }
      byFrames
          .computeIfAbsent(window.encodedFrames(samples, positions), f -> new ArrayList<>())
          .add(i);
    }
    List<WaveformBatch> batches = new ArrayList<>();
    for (List<Integer> indices : byFrames.values()) {
      for (int from = 0; from < indices.size(); from += largest) {
        batches.add(of(clips, indices.subList(from, Math.min(indices.size(), from + largest))));
      }
    }
    return batches;
  }

  private static WaveformBatch of(List<Waveform> clips, List<Integer> indices) {
    List<Integer> lengths = indices.stream().map(i -> clips.get(i).length()).toList();
    int longest = lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    FloatBuffer samples = FloatTensor.allocate(indices.size(), longest);
    for (int row = 0; row < indices.size(); row++) {
      samples.position(row * longest);
      clips.get(indices.get(row)).copyTo(samples);
    }
    return new WaveformBatch(
        indices, FloatTensor.wrap(samples.rewind(), indices.size(), longest), lengths);
  }
}
