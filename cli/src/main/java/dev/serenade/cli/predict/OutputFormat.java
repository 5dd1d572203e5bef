package dev.serenade.cli.predict;

import dev.serenade.analysis.caption.CaptionFormat;
import dev.serenade.cli.console.WordConverter;
import java.util.Optional;

/** How results are written. */
enum OutputFormat {
  /** For people. */
  TABLE,
  /** One JSON array. */
  JSON,
  /** One JSON object a line. */
  JSONL,
  /** RFC 4180. */
  CSV,
  /** SubRip captions. */
  SRT,
  /** WebVTT captions. */
  VTT,
  /** Labels for Audacity. */
  AUDACITY,
  /** Tiers for Praat. */
  TEXTGRID,
  /** Tiers for ELAN. */
  EAF;

  /** Returns the format of captions that this is, if it is one: then each track has a file. */
  Optional<CaptionFormat> captions() {
    return switch (this) {
      case TABLE, JSON, JSONL, CSV -> Optional.empty();
      case SRT -> Optional.of(CaptionFormat.SRT);
      case VTT -> Optional.of(CaptionFormat.VTT);
      case AUDACITY -> Optional.of(CaptionFormat.AUDACITY);
      case TEXTGRID -> Optional.of(CaptionFormat.TEXTGRID);
      case EAF -> Optional.of(CaptionFormat.EAF);
    };
  }

  /** Reads a format from the command line. */
  static final class Words extends WordConverter<OutputFormat> {
    Words() {
      super(OutputFormat.class);
    }
  }

  @Override
  public String toString() {
    return WordConverter.word(this);
  }
}
