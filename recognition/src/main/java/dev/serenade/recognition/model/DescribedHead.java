package dev.serenade.recognition.model;

import dev.serenade.recognition.head.Head;

/**
 * A model without its encoder.
 *
 * @param description what is said of the model
 * @param head its head
 */
public record DescribedHead(ModelDescription description, Head head) {}
