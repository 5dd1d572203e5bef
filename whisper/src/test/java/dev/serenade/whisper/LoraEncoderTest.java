package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoraEncoderTest {

  private static final WhisperConfig TINY = new WhisperConfig(8, 2, 2, 24, 80, 60);
  private static final int RANK = 3;
  private static final String[] LAYERS = {
    "layers.0.self_attn.q_proj", "layers.0.self_attn.v_proj", "layers.1.self_attn.k_proj",
    "layers.1.self_attn.out_proj", "layers.1.fc1", "layers.0.fc2"
  };

  private final RandomEncoder random = RandomEncoder.create(TINY, 2, 1);
  private final Waveform clip = States.noise(9000, 2);
  private final Map<String, FloatTensor> factors = new TreeMap<>();

  @TempDir Path folder;
  private Path base;
  private Path adapter;

  @BeforeEach
  void writeBase() throws IOException {
    base = random.write(folder.resolve("base"), ElementType.F32);
    adapter = Files.createDirectories(folder.resolve("adapter"));
    SplittableRandom values = new SplittableRandom(3);
    for (String layer : LAYERS) {
      long[] shape = weight(layer).shape();
      factors.put(layer + ".lora_A.weight", draw(values, RANK, shape[1]));
      factors.put(layer + ".lora_B.weight", draw(values, shape[0], RANK));
    }
  }

  private FloatTensor weight(String layer) {
    return Objects.requireNonNull(random.tensors().get(layer + ".weight"), layer);
  }

  private FloatTensor factor(String name) {
    return Objects.requireNonNull(factors.get(name), name);
  }

  private static FloatTensor draw(SplittableRandom random, long rows, long columns) {
    float[] values = new float[(int) (rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return FloatTensor.of(values, rows, columns);
  }

  private static JsonObject config() {
    return JsonParser.parseString(
            """
            {"peft_type": "LORA", "base_model_name_or_path": "openai/whisper-mini", "r": 3,
             "lora_alpha": 6, "bias": "none", "fan_in_fan_out": false, "modules_to_save": null,
             "use_rslora": false, "use_dora": false, "init_lora_weights": true,
             "rank_pattern": {}, "alpha_pattern": {}, "target_modules": ["q_proj", "fc1"]}
            """)
        .getAsJsonObject();
  }

  private void write(JsonObject config, String prefix, Map<String, FloatTensor> others)
      throws IOException {
    Files.writeString(adapter.resolve("adapter_config.json"), config.toString());
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    factors.forEach((name, tensor) -> writer.add(prefix + name, tensor));
    writer.addAll(others);
    try (OutputStream out = Files.newOutputStream(adapter.resolve("adapter_model.safetensors"))) {
      writer.write(out);
    }
  }

  private EncoderWeights open() throws IOException {
    return EncoderWeights.openAdapted(base, adapter, folder.resolve("silence"));
  }

  private static float[] states(EncoderWeights weights, Waveform clip) throws IOException {
    try (weights;
        WhisperEncoder encoder =
            WhisperEncoder.of(
                weights, Window.adaptive(), States.layers(2, 2), new SessionSettings(1))) {
      return encoder.encode(clip).layer(2).toArray();
    }
  }

  /** Merges by the definition, element by element. */
  private RandomEncoder merged(double scale) {
    RandomEncoder merged = random;
    for (String layer : LAYERS) {
      FloatTensor weight = weight(layer);
      FloatTensor down = factor(layer + ".lora_A.weight");
      FloatTensor up = factor(layer + ".lora_B.weight");
      int columns = (int) weight.shape()[1];
      float[] sum = new float[weight.size()];
      for (int i = 0; i < sum.length; i++) {
        double product = 0;
        for (int k = 0; k < RANK; k++) {
          product += (double) up.get(i / columns * RANK + k) * down.get(k * columns + i % columns);
        }
        sum[i] = (float) (weight.get(i) + scale * product);
      }
      merged = merged.with(layer + ".weight", FloatTensor.of(sum, weight.shape()));
    }
    return merged;
  }

  @ParameterizedTest
  @CsvSource({"false, 2", "true, 3.4641016151377544"})
  void statesAreThoseOfTheMergedWeights(boolean stabilised, double scale) throws IOException {
    JsonObject config = config();
    config.addProperty("use_rslora", stabilised);
    write(config, "base_model.model.model.encoder.", Map.of());
    float[] expected = states(merged(scale).weights(), clip);
    float[] found = states(open(), clip);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
    }
    assertThat(found).isNotEqualTo(states(random.weights(), clip));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base_model.model.model.encoder.",
        "base_model.model.encoder.",
        "base_model.model."
      })
  void adapterMayBeOfTheWholeModelOrOfItsEncoder(String prefix) throws IOException {
    write(config(), "base_model.model.model.encoder.", Map.of());
    float[] expected = states(open(), clip);
    write(config(), prefix, Map.of());
    assertThat(states(open(), clip)).isEqualTo(expected);
  }

  @Test
  void decoderIsPassedOver() throws IOException {
    FloatTensor other = FloatTensor.of(new float[24], 3, 8);
    write(
        config(),
        "base_model.model.model.encoder.",
        Map.of("base_model.model.model.decoder.layers.0.encoder_attn.q_proj.lora_A.weight", other));
    assertThat(states(open(), clip)).hasSize(8 * Window.framesOf(9000));
  }

  @Test
  void identityIsThatOfBaseAndAdapter() throws IOException {
    write(config(), "base_model.model.model.encoder.", Map.of());
    try (EncoderWeights weights = open()) {
      assertThat(weights.files())
          .containsExactly(
              base.resolve("model.safetensors"),
              adapter.resolve("adapter_config.json"),
              adapter.resolve("adapter_model.safetensors"));
    }
    assertThat(EncoderWeights.isAdapter(adapter)).isTrue();
    assertThat(EncoderWeights.isAdapter(base)).isFalse();
    assertThat(EncoderWeights.baseOf(adapter)).isEqualTo("openai/whisper-mini");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "peft_type; \"IA3\"; expected peft_type LORA, found \"IA3\"",
        "use_dora; true; expected use_dora: false, found true, which is not supported",
        "fan_in_fan_out; true; expected fan_in_fan_out: false",
        "modules_to_save; [\"proj_out\"]; expected modules_to_save: none, found [\"proj_out\"]",
        "rank_pattern; {\"fc1\": 4}; expected rank_pattern: none",
        "bias; \"all\"; expected bias: none",
        "init_lora_weights; \"pissa_niter_4\"; expected init_lora_weights: a way that leaves",
        "r; 0; expected a rank r from 1 to 32768",
        "r; 2; expected shape [2, 24], found [3, 24]",
        "lora_alpha; null; expected a number lora_alpha, found null",
        "base_model_name_or_path; null; expected base_model_name_or_path"
      })
  void whatIsNotSupportedIsNamed(String member, String value, String message) throws IOException {
    JsonObject config = config();
    config.add(member, JsonParser.parseString(value));
    write(config, "base_model.model.model.encoder.", Map.of());
    assertThatThrownBy(this::open)
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith(adapter.toString());
  }

  @Test
  void otherTensorsOfTheEncoderAreRefused() throws IOException {
    String name = "base_model.model.model.encoder.conv1.lora_A.weight";
    write(
        config(),
        "base_model.model.model.encoder.",
        Map.of(name, FloatTensor.of(new float[3], 3, 1)));
    assertThatThrownBy(this::open)
        .isInstanceOf(TensorFormatException.class)
        .hasMessageEndingWith("found " + name);
  }

  @Test
  void missingWeightsAreNamed() throws IOException {
    write(config(), "base_model.model.model.encoder.", Map.of());
    Files.move(adapter.resolve("adapter_model.safetensors"), adapter.resolve("adapter_model.bin"));
    assertThatThrownBy(this::open)
        .hasMessageContaining("expected adapter_model.safetensors beside adapter_config.json")
        .hasMessageContaining("adapter_model.bin is a pickle");
  }
}
