package dev.serenade.cli.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How trials did by the value of one setting, whatever the others were.
 *
 * <p>What is measured is the gain over the defaults on the same clips, so that trials that were
 * given up count for what they have. Many settings move at once: a difference between two values is
 * a hint, and with a handful of trials not even that.
 *
 * @param setting its name
 * @param bins its values, or stretches of them, with a trial or more
 */
record Importance(String setting, List<Bin> bins) {

  /**
   * Some values of a setting.
   *
   * @param values a value, or a stretch such as {@code 0.2 to 0.4}
   * @param trials how many had such a value
   * @param meanGain the mean gain of those over the defaults, a share
   */
  record Bin(String values, int trials, double meanGain) {}

  Importance {
    bins = List.copyOf(bins);
  }

  /** Returns by how much the best of the bins is ahead of the worst. */
  double spread() {
    double most = bins.stream().mapToDouble(Bin::meanGain).max().orElse(0);
    double least = bins.stream().mapToDouble(Bin::meanGain).min().orElse(0);
    return most - least;
  }

  /**
   * Looks at every setting of a space, in its order; those that have only one value so far are left
   * out.
   *
   * @param trials the first is that of the defaults, and complete
   */
  static List<Importance> of(SearchSpace space, List<Trial> trials) {
    List<Importance> all = new ArrayList<>();
    for (Map.Entry<String, Values> setting : space.settings().entrySet()) {
      Importance importance = of(setting.getKey(), setting.getValue(), trials);
      if (importance.bins().size() > 1) {
        all.add(importance);
      }
    }
    return all;
  }

  private static Importance of(String setting, Values values, List<Trial> trials) {
    List<String> names = new ArrayList<>(values.bins());
    // The defaults need not lie in the space.
    trials.stream()
        .map(trial -> trial.candidate().settings().get(setting))
        .filter(value -> value != null && !names.contains(values.bin(value)))
        .map(values::bin)
        .distinct()
        .forEach(names::add);
    List<Bin> bins = new ArrayList<>();
    for (String name : names) {
      List<Trial> ofBin =
          trials.stream()
              .filter(trial -> isIn(trial.candidate().settings(), setting, values, name))
              .toList();
      OptionalDouble mean =
          ofBin.stream().mapToDouble(trial -> trial.gainOver(trials.get(0))).average();
      if (mean.isPresent()) {
        bins.add(new Bin(name, ofBin.size(), mean.getAsDouble()));
      }
    }
    return new Importance(setting, bins);
  }

  private static boolean isIn(
      Map<String, String> settings, String setting, Values values, String bin) {
    String value = settings.get(setting);
    return value != null && values.bin(value).equals(bin);
  }
}
