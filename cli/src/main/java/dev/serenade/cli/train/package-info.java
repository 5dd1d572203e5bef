/**
 * The commands that start from a corpus: {@code serenade train} and {@code serenade evaluate}
 * extract features and train heads, of which one keeps the model, the other the numbers; {@code
 * serenade extract} stops at the features, and {@code serenade corpus} only looks.
 */
package dev.serenade.cli.train;
