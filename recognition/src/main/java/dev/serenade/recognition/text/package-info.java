/**
 * The part of a model that goes by what is said, {@link dev.serenade.recognition.text.TextPart}:
 * {@link dev.serenade.recognition.text.TokenStates} of a decoder, {@link
 * dev.serenade.recognition.text.TextScorer} that makes probabilities of them, and {@link
 * dev.serenade.recognition.text.LogarithmicPool} that puts these and the sound's together. How it
 * is kept in a file, and how its decoder is found, is for {@code recognition.model} to say, of
 * which nothing here knows.
 */
package dev.serenade.recognition.text;
