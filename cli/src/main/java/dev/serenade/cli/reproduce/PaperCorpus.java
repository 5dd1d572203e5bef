package dev.serenade.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A corpus of the paper, and what the paper did with it; its other settings are shared. */
enum PaperCorpus {
  /** 3,000 clips in Persian; four of its six classes, labelled by the file names' letters. */
  SHEMO("ShEMO", "shemo", "", 6),

  /** Improvised turns, excited counted as happy; encoders of English only. */
  IEMOCAP("IEMOCAP", "iemocap-improvised-merged", ".en", 12);

  private static final int HEAD_WIDTH = 4;

  private final String title;
  private final String reader;
  private final String encoderSuffix;
  private final int heads;

  PaperCorpus(String title, String reader, String encoderSuffix, int heads) {
    this.title = title;
    this.reader = reader;
    this.encoderSuffix = encoderSuffix;
    this.heads = heads;
  }

  /** Returns the encoders of the paper, by their names on the hub. */
  List<String> encoders() {
    return List.of("whisper-tiny" + encoderSuffix, "whisper-small" + encoderSuffix);
  }

  /** Returns the options of {@code serenade evaluate} that do what the paper describes. */
  Map<String, String> evaluateOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--corpus", reader);
    options.put("--emotions", "angry,happy,neutral,sad");
    options.put("--protocol", "paper");
    options.put("--window", "padded");
    options.put("--input-norm", "none");
    options.put("--heads", Integer.toString(heads));
    options.put("--head-dim", Integer.toString(HEAD_WIDTH));
    options.put("--poolings", "mean,attentive,qkv");
    options.put("--layers", "all");
    return options;
  }

  @Override
  public String toString() {
    return title;
  }
}
