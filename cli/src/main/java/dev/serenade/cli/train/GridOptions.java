package dev.serenade.cli.train;

import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which poolings and layers to evaluate side by side. */
final class GridOptions {

  private static final String ALL = "all";
  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})-(\\d{1,4})");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--poolings",
      paramLabel = "KIND",
      split = ",",
      converter = PoolingOptions.PoolingWords.class,
      description =
          "Evaluate several poolings side by side, such as mean,attentive,qkv, on each of --layers.")
  private List<PoolingOptions.PoolingChoice> poolings = List.of();

  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      description =
          "Evaluate several layers side by side: all, a range such as 2-5, or what --layer takes;"
              + " repeatable. What is finished of the grid is not done again.")
  private List<String> layers = List.of();

  /** Returns whether there is more than one run to make. */
  boolean isGiven() {
    return !poolings.isEmpty() || !layers.isEmpty();
  }

  /** Returns the poolings asked for, or else only this one. */
  List<PoolingOptions.PoolingChoice> poolings(PoolingOptions.PoolingChoice single) {
    return poolings.isEmpty() ? List.of(single) : List.copyOf(new LinkedHashSet<>(poolings));
  }

  /**
   * Returns the layers asked for, or else only these.
   *
   * @param blocks of the encoder
   */
  List<LayerFusion> layers(int blocks, LayerFusion single) {
    if (layers.isEmpty()) {
      return List.of(single);
    }
    Set<LayerFusion> fusions = new LinkedHashSet<>();
    for (String text : layers) {
      Matcher range = RANGE.matcher(text);
      if (text.equals(ALL)) {
        fusions.addAll(singles(1, blocks));
      } else if (range.matches()) {
        fusions.addAll(between(text, range, blocks));
      } else {
        fusions.add(parsed(text, blocks));
      }
    }
    return List.copyOf(fusions);
  }

  private List<LayerFusion> between(String text, Matcher range, int blocks) {
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    if (from > to || to > blocks) {
      throw usage("expected layers from 0 to %d, found %s".formatted(blocks, text));
    }
    return singles(from, to);
  }

  private LayerFusion parsed(String text, int blocks) {
    try {
      return LayerFusion.parse(text, blocks);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private static List<LayerFusion> singles(int from, int to) {
    return IntStream.rangeClosed(from, to).<LayerFusion>mapToObj(SingleLayer::new).toList();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), "--layers: " + message);
  }
}
