/** {@code serenade compare}: whether one evaluated run is better than another. */
package dev.serenade.cli.compare;
