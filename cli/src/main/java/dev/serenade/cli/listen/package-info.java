/**
 * The command {@code serenade listen}: emotion while somebody speaks. Start at {@link
 * dev.serenade.cli.listen.ListenCommand}. A {@code Recorder} reads sound in a thread of its own; a
 * {@code LivePrinter} shows what the {@link dev.serenade.recognition.timeline.LiveStream} makes of
 * it.
 */
package dev.serenade.cli.listen;
