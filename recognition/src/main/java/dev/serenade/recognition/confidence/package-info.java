/**
 * What a model's confidence was worth on speakers it was not trained on, and what can be promised
 * from that: when to abstain, and which emotions may be right. Start at {@link
 * dev.serenade.recognition.confidence.HeldOutConfidence}.
 */
package dev.serenade.recognition.confidence;
