package dev.serenade.stress;

import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The changes of audEERING's catalogue (arXiv:2312.06270; their repository, audeering/ser-tests,
 * has every amount), and what of the catalogue is left out.
 *
 * <p>Where it takes recordings that we may not pass on, the sound is made up or comes from the
 * corpus itself: babble from other speakers' clips instead of MUSAN, music and coughs by formula,
 * pink noise in place of MUSAN's environmental noise, rooms of velvet noise in place of measured
 * impulse responses.
 */
final class Catalogue {

  private static final double NOISE_UNCHANGED = 0.9;
  private static final double NOISE_LOSS = 0.05;

  /** What is not tested here, and why. */
  static final List<String> LEFT_OUT =
      List.of(
          "Fairness by accent and by sentiment of the words: needs their speech-accent-archive and"
              + " checklist-synth recordings.",
          "Fairness in precision per class, by sex and pitch: its thresholds (7.5 and 10 points) come from"
              + " simulations with 1,000 clips a group, and chance alone fails them with fewer.",
          "Ranking of speakers by the share of each class: in acted corpora every speaker has the same"
              + " shares.",
          "Recording condition: needs the same speech recorded by several microphones at once.",
          "Sneezing and MUSAN's environmental noise: no recordings to pass on; pink noise stands for the"
              + " latter.",
          "Tests of arousal, valence and dominance: the model tells classes.");

  private Catalogue() {}

  /**
   * Returns all changes.
   *
   * @param voices the clips that babble is made of
   */
  static List<Change> changes(List<Utterance> voices) {
    List<Change> changes = new ArrayList<>();
    addSmallChanges(changes);
    noise(
        changes,
        "babble",
        "Four to seven other speakers of the corpus at 20 dB.",
        new BabbleOfOthers(voices, 20));
    noise(
        changes, "cough", "A made-up cough at a random place, 10 dB.", Treatment.oneOf("cough:10"));
    noise(
        changes,
        "pink noise",
        "Pink noise at 20 dB, for rain, wind and traffic.",
        Treatment.oneOf("pink:20"));
    noise(
        changes,
        "music",
        "Made-up music, chords plucked on strings, at 20 dB.",
        Treatment.oneOf("music:20"));
    noise(changes, "white noise", "White noise at 20 dB.", Treatment.oneOf("noise:20"));
    phone(
        changes,
        "phone band",
        "The band of a telephone, 300 to 3,400 Hz, sampled at 8 kHz.",
        "telephone");
    phone(
        changes,
        "poor phone",
        "A poor mobile telephone: compressor, AMR codec at 7.4 kbit/s, hiss.",
        "poor-phone");
    room(
        changes,
        "another room",
        "A room of T60 0.5 s instead of a booth of 0.1 s.",
        Treatment.oneOf("room:0.1"),
        Treatment.oneOf("room:0.5"));
    room(
        changes,
        "another place",
        "Another place in the same room, T60 0.4 s: other echoes.",
        Treatment.oneOf("room:0.4"),
        Treatment.oneOf("room:0.4"));
    tilt(
        changes,
        "downward tilt",
        "Duller: the spectrum falls in a straight line to 0 at 8 kHz.",
        "tilt:-1");
    tilt(
        changes,
        "upward tilt",
        "Brighter: the spectrum rises in a straight line from 0 at 0 Hz.",
        "tilt:1");
    return List.copyOf(changes);
  }

  private static void addSmallChanges(List<Change> changes) {
    small(
        changes,
        "additive tone",
        "A tone of 5 to 7 kHz, 40, 45 or 50 dB below the peak.",
        "tone:40",
        "tone:45",
        "tone:50");
    small(
        changes,
        "append zeros",
        "100, 500 or 1,000 zeros after the clip.",
        "append:0.00625",
        "append:0.03125",
        "append:0.0625");
    small(
        changes,
        "clip",
        "The strongest 0.1, 0.2 or 0.3 % of the samples clipped.",
        "clip:0.1",
        "clip:0.2",
        "clip:0.3");
    small(
        changes,
        "crop beginning",
        "Without its first 100, 500 or 1,000 samples.",
        "crop-start:0.00625",
        "crop-start:0.03125",
        "crop-start:0.0625");
    small(
        changes,
        "crop end",
        "Without its last 100, 500 or 1,000 samples.",
        "crop-end:0.00625",
        "crop-end:0.03125",
        "crop-end:0.0625");
    small(
        changes,
        "gain",
        "2 or 1 dB softer, or 1 or 2 dB louder.",
        "gain:-2",
        "gain:-1",
        "gain:1",
        "gain:2");
    small(
        changes,
        "high-pass filter",
        "First order, from 50, 100 or 150 Hz on.",
        "highpass:50",
        "highpass:100",
        "highpass:150");
    small(
        changes,
        "low-pass filter",
        "First order, up to 7,500, 7,000 or 6,500 Hz.",
        "lowpass:7500",
        "lowpass:7000",
        "lowpass:6500");
    small(
        changes,
        "prepend zeros",
        "100, 500 or 1,000 zeros before the clip.",
        "prepend:0.00625",
        "prepend:0.03125",
        "prepend:0.0625");
    small(
        changes,
        "faint white noise",
        "White noise at 35, 40 or 45 dB.",
        "noise:35",
        "noise:40",
        "noise:45");
  }

  private static void small(
      List<Change> changes, String name, String description, String... effects) {
    changes.add(
        new Change(
            StressGroup.SMALL_CHANGES,
            name,
            description,
            Treatment.NONE,
            Treatment.oneOf(effects),
            0.95,
            OptionalDouble.empty()));
  }

  private static void noise(
      List<Change> changes, String name, String description, Treatment treatment) {
    changes.add(
        new Change(
            StressGroup.BACKGROUND_NOISE,
            name,
            description,
            Treatment.NONE,
            treatment,
            NOISE_UNCHANGED,
            OptionalDouble.of(NOISE_LOSS)));
  }

  private static void phone(List<Change> changes, String name, String description, String effect) {
    changes.add(
        new Change(
            StressGroup.PHONE,
            name,
            description,
            Treatment.NONE,
            Treatment.oneOf(effect),
            0.5,
            OptionalDouble.of(0.05)));
  }

  private static void room(
      List<Change> changes,
      String name,
      String description,
      Treatment reference,
      Treatment changed) {
    changes.add(
        new Change(
            StressGroup.ROOM, name, description, reference, changed, 0.8, OptionalDouble.empty()));
  }

  private static void tilt(List<Change> changes, String name, String description, String effect) {
    changes.add(
        new Change(
            StressGroup.TILT,
            name,
            description,
            Treatment.NONE,
            Treatment.oneOf(effect),
            0.8,
            OptionalDouble.of(0.02)));
  }
}
