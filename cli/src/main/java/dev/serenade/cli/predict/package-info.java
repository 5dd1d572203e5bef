/**
 * The command {@code serenade predict}: from paths to a table, JSON or CSV. Start at {@link
 * dev.serenade.cli.predict.PredictCommand}.
 *
 * <p>{@code Recordings} lists what is to be heard; {@code DecodeAhead} decodes it in a thread of
 * its own; {@code Scoring} recognises it; an {@code OutcomeWriter} writes each outcome as soon as
 * it is known.
 */
package dev.serenade.cli.predict;
