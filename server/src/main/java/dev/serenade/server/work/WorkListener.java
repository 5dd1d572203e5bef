package dev.serenade.server.work;

/** Is told what a server does, while it does it. */
public interface WorkListener {

  /** Takes no notice. */
  WorkListener NONE =
      new WorkListener() {
        @Override
        public void batch(int clips) {}

        @Override
        public void heard(double seconds) {}

        @Override
        public void jobEnded(String outcome) {}
      };

  /** So many clips are computed together. */
  void batch(int clips);

  /** A recording, or some more of one, was heard. */
  void heard(double seconds);

  /**
   * A job has ended.
   *
   * @param outcome {@code ok}, or the code of its problem
   */
  void jobEnded(String outcome);
}
