package dev.serenade.audit;

import dev.serenade.evaluation.page.Table;
import java.util.List;
import java.util.Locale;

/** The rules by which checks judge, for the page; the checks hold the numbers. */
final class SeverityRules {

  private SeverityRules() {}

  static Table table() {
    return new Table(
        "Severities",
        4,
        List.of("check", "fatal", "warning", "note"),
        List.of(
            List.of(
                SplitCheck.SPEAKERS,
                "a speaker is in test and in training or validation",
                "",
                "only one speaker"),
            List.of(SplitCheck.VALIDATION, "", "a speaker is in training and in validation", ""),
            List.of(
                CopiesCheck.EXACT,
                "clips of equal samples on both sides of the split",
                "clips of equal samples elsewhere",
                ""),
            List.of(
                CopiesCheck.NEAR,
                "copies (other level, shift, codec, cut) on both sides",
                String.format(
                    Locale.ROOT,
                    "copies elsewhere: at most %.0f %% of the fingerprint's bits differ over %d frames"
                        + " or more, and correlation is %.1f or more",
                    100 * CopySearch.MOST_BIT_ERRORS,
                    CopySearch.LEAST_FRAMES,
                    Copy.LEAST_CORRELATION),
                ""),
            List.of(
                CopiesCheck.SPEAKER_NAMES,
                "a recording under two speakers' names, on both sides",
                "likewise, elsewhere",
                ""),
            List.of(CopiesCheck.LABELS, "", "the same sound with two labels", ""),
            List.of(SourceLabelsCheck.SOURCES, "", "file name and table disagree", ""),
            List.of(SourceLabelsCheck.EMOBOX, "", "EmoBox's lists and the corpus disagree", ""),
            List.of(SourceLabelsCheck.EMOBOX_MAP, "", "a label of the lists is not in the map", ""),
            List.of(
                SourceLabelsCheck.EMOBOX_LISTS,
                "",
                "",
                "clips listed and not there, or there and not listed"),
            List.of(ReadingCheck.UNREADABLE, "", "a clip that cannot be decoded", ""),
            List.of(ReadingCheck.LEFT_OUT, "", "a listed file is missing", "other clips left out"),
            List.of(ReadingCheck.EMPTY_SOUND, "", "a clip of zeros only", ""),
            List.of(
                AssociationCheck.SPEAKER + ", " + AssociationCheck.TEXT,
                "",
                String.format(
                    Locale.ROOT,
                    "Cramér's V of %.1f or more, p at most %.2f",
                    AssociationCheck.WARNING_V,
                    AssociationCheck.LEVEL),
                String.format(
                    Locale.ROOT,
                    "V of %.1f or more, p at most %.2f",
                    AssociationCheck.NOTE_V,
                    AssociationCheck.LEVEL)),
            List.of(
                SilenceCheck.ZEROS,
                "",
                String.format(
                    Locale.ROOT,
                    "the zeros' length (%.0f %% of its variance or more) or presence (V of %.1f or"
                        + " more) goes with the class, p at most %.2f",
                    100 * SilenceCheck.WARNING_SHARE,
                    AssociationCheck.WARNING_V,
                    SilenceCheck.LEVEL),
                String.format(
                    Locale.ROOT,
                    "zeros of %.0f ms or more",
                    1000 * SilenceCheck.LEAST_PADDING_SECONDS)),
            List.of(
                SilenceCheck.LEADING + ", " + SilenceCheck.TRAILING,
                "",
                String.format(
                    Locale.ROOT,
                    "%.0f %% or more of the variance of its length lies between classes, p at most"
                        + " %.2f",
                    100 * SilenceCheck.WARNING_SHARE,
                    SilenceCheck.LEVEL),
                ""),
            List.of(
                "shortcut-...",
                "",
                String.format(
                    Locale.ROOT,
                    "the interval of UA begins %.0f points above chance or more",
                    100 * ShortcutCheck.WARNING_MARGIN),
                "it begins above chance")));
  }
}
