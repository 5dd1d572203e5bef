/** {@code serenade stress}: behavioural tests of a finished model. */
package dev.serenade.cli.stress;
