package dev.serenade.recognition.head;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers as people write them.
 *
 * @param text such as {@code weighted:2-5}
 * @param blocks L, the highest layer
 */
record LayerText(String text, int blocks) {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

  /** Writes layers, ranges where there are any, such as {@code 1,3-5}. */
  static String of(List<Integer> layers) {
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (i < layers.size()) {
      int from = i;
      while (i + 1 < layers.size() && layers.get(i + 1) == layers.get(i) + 1) {
        i++;
      }
      parts.add(from == i ? "" + layers.get(i) : layers.get(from) + "-" + layers.get(i));
      i++;
    }
    return String.join(",", parts);
  }

  LayerFusion read() {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    List<Integer> layers = colon < 0 ? range(1, blocks) : layers(text.substring(colon + 1));
    return switch (kind) {
      case WeightedLayers.KIND -> new WeightedLayers(layers);
      case AttendedLayers.KIND -> new AttendedLayers(layers);
      case ConcatenatedLayers.KIND -> new ConcatenatedLayers(layers);
      default -> new SingleLayer(single());
    };
  }

  private int single() {
    return switch (text) {
      case "middle" -> (blocks + 1) / 2;
      case "last" -> blocks;
      default -> {
        List<Integer> layers = layers(text);
        if (layers.size() != 1) {
          throw unknown();
        }
        yield layers.get(0);
      }
    };
  }

  private List<Integer> layers(String list) {
    if (list.equals("middle")) {
      return middle();
    }
    TreeSet<Integer> layers = new TreeSet<>();
    for (String part : list.split(",", -1)) {
      Matcher matcher = RANGE.matcher(part);
      if (!matcher.matches()) {
        throw unknown();
      }
      int from = Integer.parseInt(matcher.group(1));
      int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
      if (to < from || to > blocks) {
        throw unknown();
      }
      layers.addAll(range(from, to));
    }
    return List.copyOf(layers);
  }

  /**
   * Returns the layers from a third of the way up to the last but one, at least two if there are.
   */
  private List<Integer> middle() {
    return blocks < 3 ? range(1, blocks) : range((blocks + 2) / 3, blocks - 1);
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> range = new ArrayList<>();
    for (int layer = from; layer <= to; layer++) {
      range.add(layer);
    }
    return range;
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "expected a number from 0 to %d, middle, last, or one of weighted, attention and concat, alone or with layers as in weighted:2-5, concat:2,3 or concat:middle; found %s"
            .formatted(blocks, text));
  }
}
