/**
 * Configuration files: {@code --config FILE} says in YAML what options say, and every run writes
 * what it ran with.
 *
 * <p>{@link dev.serenade.cli.config.ConfigArguments} turns a file into arguments before they are
 * parsed; {@link dev.serenade.cli.config.ConfigOption} writes one. Both go by the options that a
 * command declares, so that a new option needs no line here.
 */
package dev.serenade.cli.config;
