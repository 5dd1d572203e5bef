package dev.serenade.evaluation;

import java.util.OptionalDouble;

/**
 * The recall of one class.
 *
 * @param name of the class
 * @param index its position among the classes
 */
public record ClassRecall(String name, int index) implements Measure {

  /** Returns the recall, empty if the class does not occur. */
  public OptionalDouble of(ConfusionMatrix confusion) {
    return confusion.recall(index);
  }

  @Override
  public String key() {
    return "recall." + name;
  }

  @Override
  public String shortName() {
    return "recall of " + name;
  }
}
