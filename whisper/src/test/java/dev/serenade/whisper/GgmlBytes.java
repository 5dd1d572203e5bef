package dev.serenade.whisper;

import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file as whisper.cpp's {@code convert-pt-to-ggml.py} lays it out: matrices in binary16,
 * vectors, convolution biases as columns and positions in 32 bits.
 */
final class GgmlBytes {

  static final int F32 = 0;
  static final int F16 = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  GgmlBytes ints(int... values) {
    for (int value : values) {
      out.write(value);
      out.write(value >>> 8);
      out.write(value >>> 16);
      out.write(value >>> 24);
    }
    return this;
  }

  GgmlBytes header(WhisperConfig config, int fileType) {
    return ints(0x67676d6c, 51864, config.positions(), config.width(), config.heads())
        .ints(config.blocks(), 448, config.width(), config.heads(), config.blocks())
        .ints(config.melBands(), fileType);
  }

  GgmlBytes melFilters(int bands) {
    FloatTensor filters = LogMelGraph.melFilters(bands);
    int bins = (int) filters.shape()[0];
    ints(bands, bins);
    for (int band = 0; band < bands; band++) {
      for (int bin = 0; bin < bins; bin++) {
        ints(Float.floatToRawIntBits(filters.get(bin * bands + band)));
      }
    }
    return this;
  }

  GgmlBytes vocabulary(String... words) {
    ints(words.length);
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      ints(bytes.length).bytes(bytes);
    }
    return this;
  }

  GgmlBytes bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  GgmlBytes tensorHeader(String name, int type, long... shape) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ints(shape.length, bytes.length, type);
    for (int i = shape.length - 1; i >= 0; i--) {
      ints((int) shape[i]);
    }
    return bytes(bytes);
  }

  GgmlBytes tensor(String name, int type, float[] values, long... shape) {
    tensorHeader(name, type, shape);
    byte[] content = new byte[values.length * (type == F32 ? Float.BYTES : Short.BYTES)];
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (type == F32) {
        bytes.putFloat(value);
      } else {
        bytes.putShort(Float16.fromFloat(value));
      }
    }
    return bytes(content);
  }

  /** Adds a tensor under OpenAI's name, given that of Hugging Face without {@code encoder.}. */
  GgmlBytes openAiTensor(String name, FloatTensor tensor) {
    boolean column = name.equals("conv1.bias") || name.equals("conv2.bias");
    long[] shape = column ? new long[] {tensor.size(), 1} : tensor.shape();
    boolean half = shape.length > 1 && !column && !name.startsWith("embed_positions");
    return tensor("encoder." + openAiName(name), half ? F16 : F32, tensor.toArray(), shape);
  }

  static String openAiName(String name) {
    return name.replace("layers.", "blocks.")
        .replace("self_attn_layer_norm", "attn_ln")
        .replace("final_layer_norm", "mlp_ln")
        .replace("self_attn.q_proj", "attn.query")
        .replace("self_attn.k_proj", "attn.key")
        .replace("self_attn.v_proj", "attn.value")
        .replace("self_attn.out_proj", "attn.out")
        .replace("fc1", "mlp.0")
        .replace("fc2", "mlp.2")
        .replaceFirst("^layer_norm", "ln_post")
        .replace("embed_positions.weight", "positional_embedding");
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, toBytes());
  }
}
