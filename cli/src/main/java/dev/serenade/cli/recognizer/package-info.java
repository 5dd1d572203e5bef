/** Options of commands that recognise: how fast, and on what. */
package dev.serenade.cli.recognizer;
