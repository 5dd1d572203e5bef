/**
 * What every report is set with, whatever it reports: a page that holds all it needs, tables for
 * people and papers, and a folder that is replaced whole.
 *
 * <p>Start at {@link dev.serenade.evaluation.page.ReportFolder}, which writes files, and {@link
 * dev.serenade.evaluation.page.HtmlPage}, which is one of them. Of what is reported nothing is
 * known here.
 */
package dev.serenade.evaluation.page;
