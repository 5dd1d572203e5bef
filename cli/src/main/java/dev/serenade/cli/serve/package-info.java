/** The command {@code serenade serve}. */
package dev.serenade.cli.serve;
