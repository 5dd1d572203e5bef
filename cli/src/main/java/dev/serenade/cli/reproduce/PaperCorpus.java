package dev.serenade.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A corpus of the paper, and what the paper did with it; its other settings are shared. */
enum PaperCorpus {
  /** 3,000 clips in Persian; four of its six classes, labelled by the file names' letters. */
  SHEMO("ShEMO", "shemo", List.of("whisper-tiny", "whisper-small"), 6),

  /** Improvised turns, excited counted as happy; encoders of English only. */
  IEMOCAP(
      "IEMOCAP", "iemocap-improvised-merged", List.of("whisper-tiny.en", "whisper-small.en"), 12);

  private static final int HEAD_WIDTH = 4;

  private final String title;
  private final String reader;
  private final List<String> encoders;
  private final int heads;

  PaperCorpus(String title, String reader, List<String> encoders, int heads) {
    this.title = title;
    this.reader = reader;
    this.encoders = encoders;
    this.heads = heads;
  }

  /** Returns the encoders of the paper, by their names on the hub. */
  List<String> encoders() {
    return encoders;
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
