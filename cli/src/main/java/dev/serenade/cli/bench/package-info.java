/** {@code serenade bench}: how fast a model is on this machine, and how fast it could be. */
package dev.serenade.cli.bench;
