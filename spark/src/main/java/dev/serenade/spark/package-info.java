/**
 * Scores recordings on a Spark cluster.
 *
 * <p>Start at {@link dev.serenade.spark.EmotionScoring}, which turns a data set of recordings into
 * one of results, or at {@link dev.serenade.spark.ScoreJob}, the program for {@code spark-submit}
 * that writes a table, and goes on with it after whatever stopped it.
 */
package dev.serenade.spark;
