package dev.serenade.server.history;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * An analysis that is kept.
 *
 * @param id its name, which cannot be guessed
 * @param file what the client called the recording: for people to read, never a path
 * @param createdAt when it was asked for
 * @param result what was heard; not to be changed
 * @param correction what a person says was heard
 * @param hasAudio whether the recording is there
 */
public record KeptAnalysis(
    String id,
    String file,
    Instant createdAt,
    JsonObject result,
    Optional<Correction> correction,
    boolean hasAudio) {}
