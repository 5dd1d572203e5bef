package dev.serenade.analysis.caption;

import java.io.IOException;
import java.io.Writer;

/** How captions are written: always in UTF-8, without a byte order mark. */
public enum CaptionFormat {
  /** SubRip. */
  SRT("srt") {
    @Override
    public CaptionWriter on(Writer out, CaptionSource source) {
      return new SubRipWriter(out, source);
    }
  },
  /** WebVTT. */
  VTT("vtt") {
    @Override
    public CaptionWriter on(Writer out, CaptionSource source) throws IOException {
      return new WebVttWriter(out, source);
    }
  },
  /** A label track for Audacity. */
  AUDACITY("txt") {
    @Override
    public CaptionWriter on(Writer out, CaptionSource source) {
      return new AudacityWriter(out, source);
    }
  },
  /** A TextGrid for Praat. */
  TEXTGRID("TextGrid") {
    @Override
    public CaptionWriter on(Writer out, CaptionSource source) {
      return new TextGridWriter(out, source);
    }
  },
  /** An annotation document for ELAN. */
  EAF("eaf") {
    @Override
    public CaptionWriter on(Writer out, CaptionSource source) {
      return new ElanWriter(out, source);
    }
  };

  private final String extension;

  CaptionFormat(String extension) {
    this.extension = extension;
  }

  /** Returns the ending of a file's name, without the dot. */
  public String extension() {
    return extension;
  }

  /** Returns a writer of one recording's captions; what belongs before them is written. */
  public abstract CaptionWriter on(Writer out, CaptionSource source) throws IOException;
}
