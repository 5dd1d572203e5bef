/**
 * The command {@code serenade predict}: from paths to a table, JSON, CSV, captions or pictures.
 * Start at {@link dev.serenade.cli.predict.PredictCommand}.
 *
 * <p>{@code Recordings} lists what is to be heard; {@code DecodeAhead} decodes it in a thread of
 * its own, of long recordings the beginning; {@code Scoring} recognises it, long recordings piece
 * by piece; an {@code OutcomeWriter} writes each outcome as soon as it is known, and of long ones
 * each segment.
 */
package dev.serenade.cli.predict;
