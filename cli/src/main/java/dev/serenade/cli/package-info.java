/**
 * The {@code serenade} command. {@link dev.serenade.cli.Main} starts it; {@link
 * dev.serenade.cli.SerenadeCommand} lists the commands, each in a package of its own.
 */
package dev.serenade.cli;
