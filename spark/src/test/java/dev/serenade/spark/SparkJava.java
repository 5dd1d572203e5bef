package dev.serenade.spark;

import static org.assertj.core.api.Assumptions.assumeThat;

/** Which Java Spark can run on. */
final class SparkJava {

  private SparkJava() {}

  /** Skips a test where Spark 4.0 cannot run: its Hadoop needs what Java 24 has removed. */
  static void assume() {
    assumeThat(Runtime.version().feature())
        .as("the version of Java, up to which Spark 4.0 runs")
        .isLessThan(24);
  }
}
