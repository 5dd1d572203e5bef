package dev.serenade.audit;

import dev.serenade.corpus.Utterance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Predicts the class from words by multinomial naive Bayes with equally likely classes.
 *
 * <pre>{@code
 * P(w | k) = (n_wk + 1) / (n_k + W)            n_wk: how often training clips of class k have w
 * p_k      = prod_w P(w | k), normalised       over the words of the clip that training has
 * }</pre>
 *
 * <p>A clip whose words are all new has equal probabilities. With one word a clip, such as its
 * speaker, this is the smoothed frequency of the classes with that word.
 */
final class TokenPredictor implements CuePredictor {

  private final Function<Utterance, List<String>> tokens;
  private final Map<String, double[]> counts = new HashMap<>();
  private final double[] totals;

  private TokenPredictor(Function<Utterance, List<String>> tokens, int classes) {
    this.tokens = tokens;
    this.totals = new double[classes];
  }

  /** Fits a predictor; labels count from 0. */
  static TokenPredictor fit(
      Function<Utterance, List<String>> tokens,
      List<ClipMeasure> clips,
      int[] labels,
      int classes) {
    TokenPredictor predictor = new TokenPredictor(tokens, classes);
    for (int n = 0; n < labels.length; n++) {
      for (String token : tokens.apply(clips.get(n).clip())) {
        predictor.counts.computeIfAbsent(token, t -> new double[classes])[labels[n]]++;
        predictor.totals[labels[n]]++;
      }
    }
    return predictor;
  }

  @Override
  public double[] probabilities(ClipMeasure clip) {
    double[] logs = new double[totals.length];
    for (String token : tokens.apply(clip.clip())) {
      double[] of = counts.get(token);
      if (of != null) {
        for (int k = 0; k < logs.length; k++) {
          logs[k] += Math.log((of[k] + 1) / (totals[k] + counts.size()));
        }
      }
    }
    double greatest = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      greatest = Math.max(greatest, log);
    }
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = Math.exp(logs[k] - greatest);
      sum += logs[k];
    }
    for (int k = 0; k < logs.length; k++) {
      logs[k] /= sum;
    }
    return logs;
  }
}
