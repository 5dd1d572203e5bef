package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import java.util.List;

/** Tells where in a stream of samples somebody speaks. */
interface SpeechActivity {

  /** Hears the next samples. */
  void accept(Waveform samples);

  /** Hears that no more samples come. */
  void finish();

  /** Returns up to which sample (exclusive) it is decided whether there is speech. */
  long decided();

  /**
   * Returns the speech between two samples, in order, without overlap, cut at both.
   *
   * @param from not before what was forgotten
   * @param to at most {@link #decided()}
   */
  List<SampleRange> speech(long from, long to);

  /** Says that nothing before this sample will be asked for. */
  void forget(long before);
}
