/**
 * The files of EmoBox, a benchmark that publishes folds of many corpora as lists of clips.
 *
 * <p>Ma et al., "EmoBox: multilingual multi-corpus speech emotion recognition toolkit and
 * benchmark", Interspeech 2024, arXiv 2406.07162. Start with {@link
 * dev.serenade.corpus.emobox.EmoBoxManifest}, which reads one list as a corpus; {@code
 * dev.serenade.corpus.protocol.EmoBoxFolds} divides a corpus by them.
 */
package dev.serenade.corpus.emobox;
