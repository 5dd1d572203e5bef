/**
 * Figures as SVG, drawn by ourselves: the few kinds that reports need.
 *
 * <p>A chart library writes fixed colours and the fonts of the machine it runs on. Here colours
 * come from {@link dev.serenade.evaluation.figure.FigureStyle}, which serves light and dark pages
 * and is safe for colour-blind readers; text stays text; the same numbers give the same bytes,
 * without a display. Each chart is one class with a method {@code of} that returns a {@link
 * dev.serenade.evaluation.figure.Figure}.
 */
package dev.serenade.evaluation.figure;
