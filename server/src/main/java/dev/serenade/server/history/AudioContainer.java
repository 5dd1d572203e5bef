package dev.serenade.server.history;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What kind of file a recording is, by how it begins: for its ending and its media type. That it is
 * sound was found out before.
 */
public enum AudioContainer {
  /** RIFF WAVE, and its form for more than 4 GiB. */
  WAV("audio/wav"),
  /** Sony's WAVE for more than 4 GiB. */
  W64("application/octet-stream"),
  /** FLAC. */
  FLAC("audio/flac"),
  /** Ogg, with Opus, Vorbis or FLAC. */
  OGG("audio/ogg"),
  /** MPEG audio. */
  MP3("audio/mpeg"),
  /** AAC in ADTS. */
  AAC("audio/aac"),
  /** MPEG-4 and QuickTime. */
  M4A("audio/mp4"),
  /** What browsers record. */
  WEBM("audio/webm"),
  /** Matroska. */
  MKA("audio/x-matroska"),
  /** AIFF and AIFF-C. */
  AIFF("audio/aiff"),
  /** Core Audio. */
  CAF("audio/x-caf"),
  /** Sun audio. */
  AU("audio/basic"),
  /** AMR, narrow and wide. */
  AMR("audio/amr"),
  /** Windows Media. */
  WMA("audio/x-ms-wma"),
  /** Something else. */
  BIN("application/octet-stream");

  /** So many bytes tell. */
  static final int BYTES = 64;

  private static final String ASF = "0&\u00b2u\u008ef\u00cf\u0011";
  private static final String EBML = "\u001aE\u00df\u00a3";

  private final String mediaType;

  AudioContainer(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Returns the kind of a file that begins like this. */
  static AudioContainer of(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.ISO_8859_1);
    if (text.startsWith("RIFF") || text.startsWith("RF64")) {
      return text.startsWith("WAVE", 8) ? WAV : BIN;
    }
    if (text.startsWith("FORM") && text.startsWith("AIF", 8)) {
      return AIFF;
    }
    if (text.startsWith("ftyp", 4)) {
      return M4A;
    }
    if (text.startsWith(EBML)) {
      return text.contains("webm") ? WEBM : MKA;
    }
    if (text.startsWith("riff")) {
      return W64;
    }
    if (text.startsWith("fLaC")) {
      return FLAC;
    }
    if (text.startsWith("OggS")) {
      return OGG;
    }
    if (text.startsWith("caff")) {
      return CAF;
    }
    if (text.startsWith(".snd")) {
      return AU;
    }
    if (text.startsWith("#!AMR")) {
      return AMR;
    }
    if (text.startsWith(ASF)) {
      return WMA;
    }
    return text.startsWith("ID3") ? MP3 : ofFrame(beginning);
  }

  /** MPEG frames begin with eleven ones or more; in ADTS, the layer is zero. */
  private static AudioContainer ofFrame(byte[] beginning) {
    if (beginning.length < 2 || beginning[0] != (byte) 0xff || (beginning[1] & 0xe0) != 0xe0) {
      return BIN;
    }
    return (beginning[1] & 0xf6) == 0xf0 ? AAC : MP3;
  }

  /** Returns the kind by the word for it; {@link #BIN} if it is unknown. */
  static AudioContainer named(String word) {
    for (AudioContainer container : values()) {
      if (container.word().equals(word)) {
        return container;
      }
    }
    return BIN;
  }

  /** Returns the word for it, which is the ending of its files too. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns its media type. */
  public String mediaType() {
    return mediaType;
  }
}
