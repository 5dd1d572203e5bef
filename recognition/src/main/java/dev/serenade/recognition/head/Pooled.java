package dev.serenade.recognition.head;

/**
 * What a pooling gives for a batch of B clips of at most T frames.
 *
 * @param vector one vector per clip, shape (B, 1, P)
 * @param weights what each frame weighed in each head, shape (B, heads, T); sums to 1 over T
 * @param <T> a tensor
 */
public record Pooled<T>(T vector, T weights) {}
