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
      };

  /** So many clips are computed together. */
  void batch(int clips);

  /** A recording, or some more of one, was heard. */
  void heard(double seconds);
}
