package dev.serenade.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PresetTest {

  private static Map<String, String> values(Preset preset) throws ConfigFormatException {
    Map<String, String> values = new LinkedHashMap<>();
    preset.file().entries().forEach(entry -> values.put(entry.key(), entry.values().get(0)));
    return values;
  }

  @Test
  void theDefaultSaysNothing() throws ConfigFormatException {
    assertThat(values(Preset.DEFAULT)).isEmpty();
  }

  /** "truncate/pad to 30 s", and no word of a normalisation of hidden states. */
  @Test
  void thePapersWindowIsPaddedAndItsInputsAreTakenAsTheyAre() throws ConfigFormatException {
    assertThat(values(Preset.PAPER))
        .containsExactlyInAnyOrderEntriesOf(Map.of("window", "padded", "input-norm", "none"));
  }

  /**
   * EmoBox's README.md: {@code --batch_size 32 --lr 1e-4 --number_of_epochs 100 --hidden_size 128
   * --output_norm}; its whisper-large-v3_freeze.yaml: torch.optim.Adam, split_ratio [0.8, 0.2].
   */
  @Test
  void emoBoxsNumbersAreThoseOfItsReadme() throws ConfigFormatException {
    assertThat(values(Preset.EMOBOX))
        .containsEntry("batch", "32")
        .containsEntry("lr", "1e-4")
        .containsEntry("epochs", "100")
        .containsEntry("projection", "128")
        .containsEntry("input-norm", "utterance")
        .containsEntry("weight-decay", "0")
        .containsEntry("validation", "0.2")
        .containsEntry("projector", "relu")
        .containsEntry("pooling", "mean")
        .containsEntry("layer", "last");
  }

  @Test
  void theBestIsLinearOverTheMiddleLayers() throws ConfigFormatException {
    assertThat(values(Preset.BEST))
        .containsExactlyInAnyOrderEntriesOf(Map.of("layer", "concat:middle", "pooling", "linear"));
  }
}
