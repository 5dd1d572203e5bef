package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folds of arXiv 2602.06000: ten groups of ShEMO's speakers, or IEMOCAP's five sessions.
 *
 * <p>Which of the two corpora it is shows in the speakers' names: {@code F01} to {@code F31} and
 * {@code M01} to {@code M56}, or {@code Ses01F} to {@code Ses05M}.
 */
public record PaperFolds() implements Protocol {

  private static final Pattern SHEMO = Pattern.compile("([FM])(\\d\\d)");
  private static final Pattern IEMOCAP = Pattern.compile("Ses0([1-5])[FM]");

  /**
   * The number of the last woman of each of ShEMO's groups; the next group begins with the next.
   */
  private static final List<Integer> LAST_WOMEN = List.of(3, 6, 9, 12, 15, 18, 21, 24, 27, 31);

  /** The same for men. */
  private static final List<Integer> LAST_MEN = List.of(6, 12, 18, 24, 30, 36, 41, 46, 51, 56);

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public String statement() {
    return "The folds of arXiv 2602.06000 (10 groups of ShEMO's speakers, or IEMOCAP's 5 sessions),"
        + " with validation speakers held out of training, which the paper did not do.";
  }

  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    if (corpus.speakers().stream().allMatch(s -> IEMOCAP.matcher(s).matches())) {
      return Divisions.leaveOneOut(corpus, "session", clip -> session(clip.speaker()));
    }
    for (String speaker : corpus.speakers()) {
      if (shemoGroup(speaker) == 0) {
        throw new ProtocolException(
            "%s: speakers of ShEMO (F01 to F31, M01 to M56) or of IEMOCAP (Ses01F to Ses05M)"
                    .formatted(name())
                + " expected, found "
                + speaker);
      }
    }
    return Divisions.leaveOneOut(corpus, "group", clip -> shemoGroup(clip.speaker()));
  }

  private static int session(String speaker) {
    Matcher matcher = IEMOCAP.matcher(speaker);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Returns the group of a speaker of ShEMO, from 1, or 0 if it is none. */
  private static int shemoGroup(String speaker) {
    Matcher matcher = SHEMO.matcher(speaker);
    if (!matcher.matches()) {
      return 0;
    }
    int number = Integer.parseInt(matcher.group(2));
    List<Integer> lasts = matcher.group(1).equals("F") ? LAST_WOMEN : LAST_MEN;
    for (int group = 0; group < lasts.size(); group++) {
      if (number >= 1 && number <= lasts.get(group)) {
        return group + 1;
      }
    }
    return 0;
  }
}
