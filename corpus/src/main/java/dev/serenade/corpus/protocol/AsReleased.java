package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.List;

/**
 * What the code released with arXiv 2602.06000 does: no validation, the epoch chosen on the test
 * fold, dropout left on while testing. To see its numbers, not to believe them.
 *
 * <p>As there, the epoch is the one with the highest accuracy (WA) on the test fold, the first of
 * equal ones (the code can also take the lowest loss), and its head is tested anew with dropout
 * drawn anew; heads have tanh on their scores and no residual. What still differs:
 *
 * <ul>
 *   <li>We pool the clip's frames only; the released code pools all 1,500 frames of the padded
 *       window, silence included.
 *   <li>The learning rate changes with every step; there with every epoch.
 *   <li>In the attentive pooling, dropout falls on the tanh; there on what goes into it, and on the
 *       values.
 *   <li>The projector starts at random, as the paper says; there it is that of Hugging Face's
 *       classification model, which starts at random too, by another rule.
 * </ul>
 *
 * @param folds who is tested: the paper's folds, or any other rule
 */
public record AsReleased(Protocol folds) implements Protocol {

  static final String NAME = "as-released";

  /** Checks that the rule is another one. */
  public AsReleased {
    if (folds.choosesOnTest()) {
      throw new IllegalArgumentException(
          "%s:RULE expected, with another rule; found %s:%s".formatted(NAME, NAME, folds.name()));
    }
  }

  /** The paper's folds. */
  public AsReleased() {
    this(new PaperFolds());
  }

  @Override
  public String name() {
    return folds instanceof PaperFolds ? NAME : NAME + ":" + folds.name();
  }

  @Override
  public String statement() {
    String which = folds instanceof PaperFolds ? "" : " Who is tested: " + folds.statement();
    return "As released with arXiv 2602.06000: the epoch is chosen on the test fold and dropout stays"
        + " on at test, so these numbers are not an estimate of accuracy on new speakers."
        + which;
  }

  @Override
  public boolean speakersShared() {
    return folds.speakersShared();
  }

  @Override
  public boolean choosesOnTest() {
    return true;
  }

  /** There is no validation: what the rule would hold out is trained on. */
  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    List<Fold> divided = new ArrayList<>();
    for (Fold fold : folds.divide(corpus)) {
      List<Utterance> train = new ArrayList<>(fold.train());
      train.addAll(fold.validation());
      divided.add(new Fold(fold.name(), train, List.of(), fold.test()));
    }
    return divided;
  }
}
