package dev.serenade.whisper;

import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.StoredTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorInfo;
import dev.serenade.whisper.tensor.TensorSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights of an encoder with those of a LoRA adapter added as they are read:
 *
 * <pre>{@code
 * W' = W + scale B A        W (out, in), B (out, r), A (r, in)
 * }</pre>
 *
 * <p>What the adapter adds to the decoder is passed over.
 */
final class LoraEncoder implements TensorSource {

  private static final String OUTER = "base_model.model.";
  private static final Pattern FACTOR =
      Pattern.compile(
          "(?:model\\.)?(?:encoder\\.)?(layers\\.\\d{1,5}\\.(?:self_attn\\.[qkv]_proj|self_attn\\.out_proj|fc1|fc2))\\.lora_([AB])\\.weight");

  private final TensorSource base;
  private final String prefix;
  private final LoraConfig config;
  private final SafetensorsFile adapter;

  /** How the adapter's names begin. */
  private final String adapterPrefix;

  /** The linear layers that it adapts, such as {@code layers.0.fc1}. */
  private final Set<String> adapted;

  private LoraEncoder(TensorSource base, String prefix, LoraConfig config, SafetensorsFile adapter)
      throws TensorFormatException {
    this.base = base;
    this.prefix = prefix;
    this.config = config;
    this.adapter = adapter;
    Set<String> layers = new TreeSet<>();
    Set<String> beginnings = new LinkedHashSet<>();
    for (String name : adapter.names()) {
      if (!name.startsWith(OUTER + "model.decoder.") && !name.startsWith(OUTER + "decoder.")) {
        String inner = name.startsWith(OUTER) ? name.substring(OUTER.length()) : "";
        Matcher factor = FACTOR.matcher(inner);
        if (!factor.matches()) {
          throw new TensorFormatException(
              "%s: expected lora_A and lora_B of q_proj, k_proj, v_proj, out_proj, fc1 or fc2 of the encoder, found %s"
                  .formatted(adapter.describe(), name));
        }
        layers.add(factor.group(1));
        beginnings.add(OUTER + inner.substring(0, factor.start(1)));
      }
    }
    if (beginnings.size() != 1) {
      throw new TensorFormatException(
          "%s: expected one encoder that is adapted, found %s"
              .formatted(adapter.describe(), beginnings.isEmpty() ? "none" : beginnings));
    }
    this.adapterPrefix = beginnings.iterator().next();
    this.adapted = layers;
    for (String layer : layers) {
      check(layer);
    }
  }

  /**
   * Opens the adapter over a base, both of which it closes in the end.
   *
   * @param prefix how the base's names of the encoder's tensors begin
   * @throws TensorFormatException if the adapter does not fit the base; the base stays open
   */
  static LoraEncoder open(TensorSource base, String prefix, LoraConfig config, Path folder)
      throws IOException {
    SafetensorsFile adapter = SafetensorsFile.open(LoraConfig.weights(folder));
    try {
      return new LoraEncoder(base, prefix, config, adapter);
    } catch (IOException e) {
      adapter.close();
      throw e;
    }
  }

  private void check(String layer) throws TensorFormatException {
    TensorInfo weight = base.info(prefix + layer + ".weight");
    if (weight.shape().size() != 2) {
      throw new TensorFormatException(
          "%s: tensor %s: expected a matrix, found shape %s"
              .formatted(base.describe(), weight.name(), weight.shape()));
    }
    adapter.requireShape(factor(layer, 'A'), config.rank(), weight.shape().get(1));
    adapter.requireShape(factor(layer, 'B'), weight.shape().get(0), config.rank());
  }

  private String factor(String layer, char which) {
    return "%s%s.lora_%s.weight".formatted(adapterPrefix, layer, which);
  }

  @Override
  public Set<String> names() {
    return base.names();
  }

  private boolean isAdapted(String name) {
    return name.startsWith(prefix)
        && name.endsWith(".weight")
        && adapted.contains(name.substring(prefix.length(), name.length() - ".weight".length()));
  }

  @Override
  public TensorInfo info(String name) throws TensorFormatException {
    TensorInfo info = base.info(name);
    return isAdapted(name) ? new TensorInfo(name, ElementType.F32, info.shape()) : info;
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    FloatTensor weight = base.read(name);
    return isAdapted(name) ? merged(name, weight) : weight;
  }

  @Override
  public StoredTensor stored(String name) throws IOException {
    return isAdapted(name) ? StoredTensor.of(read(name)) : base.stored(name);
  }

  private FloatTensor merged(String name, FloatTensor weight) throws IOException {
    String layer = name.substring(prefix.length(), name.length() - ".weight".length());
    float[] down = adapter.read(factor(layer, 'A')).toArray();
    float[] up = adapter.read(factor(layer, 'B')).toArray();
    int rows = (int) weight.shape()[0];
    int columns = (int) weight.shape()[1];
    FloatBuffer merged = FloatTensor.allocate(rows, columns);
    FloatBuffer plain = weight.values();
    float[] row = new float[columns];
    double[] sums = new double[columns];
    for (int i = 0; i < rows; i++) {
      plain.get(row);
      for (int j = 0; j < columns; j++) {
        sums[j] = row[j];
      }
      for (int k = 0; k < config.rank(); k++) {
        double factor = config.scale() * up[i * config.rank() + k];
        int start = k * columns;
        for (int j = 0; j < columns; j++) {
          sums[j] += factor * down[start + j];
        }
      }
      for (int j = 0; j < columns; j++) {
        row[j] = (float) sums[j];
      }
      merged.put(row);
    }
    return FloatTensor.wrap(merged.rewind(), rows, columns);
  }

  @Override
  public String describe() {
    return "%s on %s".formatted(adapter.describe(), base.describe());
  }

  @Override
  public void close() throws IOException {
    try {
      adapter.close();
    } finally {
      base.close();
    }
  }
}
