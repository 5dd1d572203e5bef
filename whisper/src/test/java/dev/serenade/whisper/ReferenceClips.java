package dev.serenade.whisper;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.util.Map;

/** The clips that the reference values were made from. */
final class ReferenceClips {

  private static final Map<String, String> CORPUS_FILES =
      Map.of(
          "emodb_03a01Fa", "corpora/emodb/wav/03a01Fa.flac",
          "emodb_16b10Wb", "corpora/emodb/wav/16b10Wb.flac",
          "ravdess_03-01-05-01-02-01-16", "corpora/ravdess/Actor_16/03-01-05-01-02-01-16.flac");

  private ReferenceClips() {}

  static Waveform named(String name) throws IOException {
    if (CORPUS_FILES.containsKey(name)) {
      return AudioDecoder.create().decode(Shared.path(CORPUS_FILES.get(name)));
    }
    try (SafetensorsFile file = SafetensorsFile.open(Shared.path("reference/logmel.safetensors"))) {
      return Waveform.of(file.read(name + ".waveform").toArray());
    }
  }
}
