/** The command {@code serenade corrections}. */
package dev.serenade.cli.corrections;
