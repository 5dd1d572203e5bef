/**
 * The commands that train on a corpus: {@code serenade train} and {@code serenade evaluate} extract
 * features and train heads, of which one keeps the model, the other the numbers; {@code serenade
 * extract} stops at the features.
 */
package dev.serenade.cli.train;
