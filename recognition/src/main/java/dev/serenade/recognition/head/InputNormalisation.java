package dev.serenade.recognition.head;

/** What happens to hidden states before the projector. */
public enum InputNormalisation {
  /** Nothing, as in the paper. */
  NONE,
  /**
   * Each dimension minus its mean over the training frames, divided by its standard deviation
   * there. A finished head has this folded into the projector's weights where it can be, see {@link
   * Head#foldStandardisation}, so that it costs nothing; where not, it keeps them as constants.
   */
  STANDARDISED
}
