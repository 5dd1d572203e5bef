/**
 * How a corpus is divided to measure accuracy, as values that can be named on a command line.
 *
 * <p>Start with {@link dev.serenade.corpus.protocol.Protocol}. Every protocol holds validation
 * speakers out of training, and refuses a division that lets a speaker be heard in training and
 * test, unless that is what the protocol says.
 */
package dev.serenade.corpus.protocol;
