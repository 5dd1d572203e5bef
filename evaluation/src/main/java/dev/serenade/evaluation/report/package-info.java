/**
 * The report of a run: a page for people, tables for papers, and {@code results.json} for programs.
 *
 * <p>Fill an {@link dev.serenade.evaluation.report.EvaluationRun} with plain values and hand it to
 * {@link dev.serenade.evaluation.report.Report}. {@link dev.serenade.evaluation.report.RunSummary}
 * holds every number the report shows; {@link dev.serenade.evaluation.report.GridReport} sets many
 * runs side by side, as the paper's tables do.
 */
package dev.serenade.evaluation.report;
