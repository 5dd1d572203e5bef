package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import java.util.List;

/**
 * What the code released with arXiv 2602.06000 does: the paper's folds, no validation, the epoch
 * chosen on the test fold. To see its numbers, not to believe them.
 */
public record AsReleased() implements Protocol {

  private static final PaperFolds FOLDS = new PaperFolds();

  @Override
  public String name() {
    return "as-released";
  }

  @Override
  public String statement() {
    return "As released with arXiv 2602.06000: the epoch is chosen on the test fold and dropout stays"
        + " on at test, so these numbers are not an estimate of accuracy on new speakers.";
  }

  @Override
  public boolean choosesOnTest() {
    return true;
  }

  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    return FOLDS.divide(corpus);
  }
}
