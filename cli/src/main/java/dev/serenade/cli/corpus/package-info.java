/**
 * {@code serenade corpus}: which corpora can be read, and what is in one.
 *
 * <p>Commands that start from a corpus choose it by {@link dev.serenade.cli.corpus.CorpusOptions}.
 */
package dev.serenade.cli.corpus;
