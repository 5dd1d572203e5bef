package dev.serenade.recognition.head;

/**
 * What a head gives for a batch of B clips of at most T frames.
 *
 * @param logits one score per class before the softmax, shape (B, classes)
 * @param attention what each frame weighed in each head, shape (B, heads, T); 0 for frames outside
 *     the clip, sums to 1 over T
 * @param embedding the vector that the classifier sees, shape (B, projection width)
 * @param <T> a tensor
 */
public record HeadOutputs<T>(T logits, T attention, T embedding) {}
