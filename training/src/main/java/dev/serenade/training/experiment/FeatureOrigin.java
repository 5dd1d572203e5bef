package dev.serenade.training.experiment;

import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;

/**
 * Where features come from; the model file needs all of it to make the same ones again.
 *
 * @param weights of the encoder
 * @param identity of the encoder
 * @param window how much silence it heard around a clip
 */
public record FeatureOrigin(EncoderWeights weights, EncoderIdentity identity, Window window) {}
