package dev.serenade.transcription;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which text tokens stand for, as {@code tokenizer.json} of a Whisper folder says it. */
final class WhisperTokenizer implements AutoCloseable {

  static final String FILE = "tokenizer.json";

  private static final String START = "<|startoftranscript|>";

  static {
    // Offline, DJL neither looks for other natives nor reports its use.
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final GenerationConfig rules;

  private WhisperTokenizer(HuggingFaceTokenizer tokenizer, GenerationConfig rules) {
    this.tokenizer = tokenizer;
    this.rules = rules;
  }

  /**
   * Reads {@code tokenizer.json} of a folder.
   *
   * @throws FileNotFoundException if there is none
   * @throws TensorFormatException if it is damaged, or belongs to another model
   */
  static WhisperTokenizer open(Path folder, GenerationConfig rules) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException("expected a file %s, found none".formatted(file));
    }
    HuggingFaceTokenizer tokenizer = read(file);
    long[] start = tokenizer.encode(START, false, false).getIds();
    if (start.length != 1 || start[0] != rules.start()) {
      tokenizer.close();
      throw new TensorFormatException(
          "%s: expected token %d for %s, as generation_config.json says, found %s"
              .formatted(file, rules.start(), START, Arrays.toString(start)));
    }
    return new WhisperTokenizer(tokenizer, rules);
  }

  private static HuggingFaceTokenizer read(Path file) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(
          file, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
    } catch (RuntimeException e) {
      throw new TensorFormatException("%s: not a tokenizer: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Returns the text of tokens, without those that are not text. */
  String text(List<Integer> tokens) {
    // Timestamps come last of all tokens; tokenizer.json does not call them special.
    long[] ids =
        tokens.stream()
            .filter(token -> token < rules.noTimestamps())
            .mapToLong(token -> token)
            .toArray();
    return ids.length == 0 ? "" : tokenizer.decode(ids, true);
  }

  /** Returns the tokens of a text. */
  List<Integer> tokens(String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToObj(Math::toIntExact)
        .toList();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
