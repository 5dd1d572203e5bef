package dev.serenade.audit;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.emobox.EmoBoxLabels;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The audit of a corpus under a split: everything that is known to make numbers wrong is looked
 * for.
 *
 * <p>Every clip is decoded once, several at a time, and only its {@link ClipMeasure} is kept: about
 * 2 kB for a clip of 3 s. A clip that cannot be decoded is a finding, and the rest goes on. Pairs
 * that sound alike are decoded again, to be sure.
 *
 * <p>Same clips, split and seed, same findings.
 */
public final class Audit {

  /** Of permutations and resamples. */
  public static final long SEED = 0;

  private Audit() {}

  /** Is told how far an audit is, by the thread that runs it. */
  public interface Progress {

    /**
     * Takes a step.
     *
     * @param done of this part of the audit
     * @param all of this part
     * @param what the part
     */
    void show(int done, int all, String what);
  }

  /**
   * Returns the split for a corpus whose user names none: the corpus's own if it gives every clip
   * one; else each speaker is tested in turn; with more than 20 speakers, in ten folds.
   */
  public static Protocol usualSplit(Corpus corpus) {
    return Split.usual(corpus);
  }

  /**
   * Audits a corpus.
   *
   * @param protocol who is tested; speakers on both sides are a finding, not a failure
   * @param emoBox EmoBox's labels, if there are any to compare with
   * @param threads how many clips to decode at a time
   * @throws ProtocolException if the corpus cannot be divided so
   * @throws InterruptedException if the thread is interrupted
   */
  public static AuditResult of(
      Corpus corpus,
      Protocol protocol,
      Optional<EmoBoxLabels> emoBox,
      int threads,
      Progress progress)
      throws ProtocolException, InterruptedException {
    Split split = Split.of(corpus, protocol);
    Measurement measurement = Measurement.of(corpus.utterances(), threads, progress);
    Copies copies = Copies.among(measurement.measures(), threads, progress);
    List<Shortcut> shortcuts =
        Measurement.inParallel(
                Cue.all(),
                cue -> Shortcut.of(cue, measurement.measures(), split, SEED),
                threads,
                "probing",
                progress)
            .stream()
            .flatMap(Optional::stream)
            .toList();
    Evidence evidence = new Evidence(corpus, split, measurement, copies, emoBox, SEED);
    List<Finding> findings = new ArrayList<>();
    for (Check check :
        List.of(
            new SplitCheck(),
            new CopiesCheck(),
            new SourceLabelsCheck(),
            new ReadingCheck(),
            new AssociationCheck(),
            new SilenceCheck(),
            new ShortcutCheck(shortcuts))) {
      findings.addAll(check.check(evidence));
    }
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return new AuditResult(corpus, protocol, findings, shortcuts);
  }
}
