/**
 * How recordings are heard: how many at once, the clips of many requests together, long ones as
 * jobs. Start with {@link dev.serenade.server.work.AnalysisService}.
 */
package dev.serenade.server.work;
