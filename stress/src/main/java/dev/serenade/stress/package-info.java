/**
 * Behavioural tests of a model on clips: is it right often enough, for everyone alike, and does it
 * say the same when the recording changes a little?
 *
 * <p>Start at {@link dev.serenade.stress.StressRun}, which hears clips and what {@link
 * dev.serenade.stress.Catalogue} does to them, and {@link dev.serenade.stress.StressReport}, which
 * writes page and JSON. The tests and thresholds are those of audEERING's published catalogue
 * (Derington, Wierstorf, Özkil, Eyben, Burkhardt and Schuller, "Testing correctness, fairness, and
 * robustness of speech emotion recognition models", arXiv:2312.06270), as far as they need no data
 * that others lack.
 */
package dev.serenade.stress;
