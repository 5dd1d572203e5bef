package dev.serenade.cli.listen;

import dev.serenade.recognition.timeline.TimelineUpdate;
import java.io.IOException;

/** Shows what is heard, while it is heard. */
interface LivePrinter {

  /** Shows what is new. */
  void print(TimelineUpdate news) throws IOException;

  /** Takes away what would be overwritten, so that something else can be written. */
  void end() throws IOException;
}
