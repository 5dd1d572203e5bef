/**
 * {@code serenade train} and {@code serenade evaluate}: both start from a corpus, extract features
 * and train heads; one keeps the model, the other the numbers.
 */
package dev.serenade.cli.train;
