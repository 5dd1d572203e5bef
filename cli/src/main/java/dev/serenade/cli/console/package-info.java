/**
 * What every command needs to talk to whoever runs it: the {@link
 * dev.serenade.cli.console.Terminal} with its streams, progress, bars, and exit codes.
 */
package dev.serenade.cli.console;
