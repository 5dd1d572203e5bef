package dev.serenade.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a program writes to standard output. */
final class Printed {

  /** A program, or part of one. */
  @FunctionalInterface
  interface Program {

    /** Runs it. */
    void run() throws Exception;
  }

  private Printed() {}

  static String by(Program program) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8);
  }
}
