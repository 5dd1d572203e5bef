/**
 * Labelled recordings: what a clip is, where lists of clips come from, and how they are divided.
 *
 * <p>Start with {@link dev.serenade.corpus.Manifest}, which reads a {@link
 * dev.serenade.corpus.Corpus} of {@link dev.serenade.corpus.Utterance}s from a CSV file. Labels of
 * all corpora meet in {@link dev.serenade.corpus.Emotion} through {@link
 * dev.serenade.corpus.EmotionLabels}. {@link dev.serenade.corpus.SpeakerSplit} holds speakers out.
 *
 * <p>Nothing here decodes sound.
 */
package dev.serenade.corpus;
