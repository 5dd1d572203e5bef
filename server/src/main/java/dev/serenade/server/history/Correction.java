package dev.serenade.server.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person says was heard.
 *
 * @param emotion one of the model's labels
 * @param speaker who speaks, in any words that tell speakers apart
 * @param correctedAt when it was said; kept to the microsecond
 */
public record Correction(String emotion, Optional<String> speaker, Instant correctedAt) {}
