/**
 * {@code serenade reproduce paper}: the tables and figures of arXiv 2602.06000 from a user's own
 * copy of its corpora, by {@code serenade evaluate} with the paper's settings.
 */
package dev.serenade.cli.reproduce;
