package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.whisper.Window;

/** Reads what an encoder hears besides the clip from the command line. */
public final class WindowWords extends WordConverter<Window.Mode> {

  /** Made by picocli. */
  public WindowWords() {
    super(Window.Mode.class);
  }
}
