/**
 * Readers of published corpora as they lie on disk, one class per corpus.
 *
 * <p>Start with {@link dev.serenade.corpus.reader.CorpusReaders}. Where a clip's path says all
 * there is to know, a corpus is a regular expression with named parts and a table of label codes:
 * {@link dev.serenade.corpus.reader.PathReader}. Each class cites the paper of its corpus and
 * states the layout it expects.
 */
package dev.serenade.corpus.reader;
