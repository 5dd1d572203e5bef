package dev.serenade.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Which examples an epoch is made of. */
public enum Sampling {
  /** Every example once. */
  UNIFORM {
    @Override
    List<Example> epoch(List<Example> examples, Random random) {
      List<Example> shuffled = new ArrayList<>(examples);
      Collections.shuffle(shuffled, random);
      return shuffled;
    }
  },
  /**
   * As many examples, but of every class equally many: those of a rare class several times, of a
   * frequent class another choice in every epoch. {@link ClassWeights#BALANCED} does to the loss
   * what this does to the examples.
   */
  BALANCED {
    @Override
    List<Example> epoch(List<Example> examples, Random random) {
      Map<Integer, List<Example>> classes = new TreeMap<>();
      examples.forEach(e -> classes.computeIfAbsent(e.label(), c -> new ArrayList<>()).add(e));
      List<Example> drawn = new ArrayList<>();
      int classesLeft = classes.size();
      for (List<Example> members : classes.values()) {
        int wanted = (examples.size() - drawn.size()) / classesLeft--;
        Collections.shuffle(members, random);
        for (int i = 0; i < wanted; i++) {
          drawn.add(members.get(i % members.size()));
        }
      }
      Collections.shuffle(drawn, random);
      return drawn;
    }
  },
  /**
   * As many examples, hard ones more often: after the epochs in which the learning rate warms up,
   * one at least, in which every example comes once, the hardest come {@value Sampling#PRESSURE}
   * times as often as the easiest, as {@link Difficulty} defines. Each showing is perturbed anew
   * ({@link Perturbations}, dropout), so that hard clips are augmented more.
   *
   * <p>That drawing goes by the rank of the loss is from Loshchilov and Hutter, "Online batch
   * selection for faster training of neural networks", ICLR workshop 2016, arXiv:1511.06343; that
   * augmentation follows, epoch by epoch, what a speech emotion recogniser finds hard is from Wu
   * and Lee, "MetricAug", Interspeech 2023. There, ranks are of the latest loss and batches are
   * drawn independently, and what is hard is a level of noise; here, ranks are of a running mean,
   * which forgets an unlucky draw of dropout, draws are spread evenly over an epoch, and what is
   * hard is a clip. A rank bounds what a clip with a wrong label, whose loss may be as large as it
   * likes, can take from others.
   */
  DIFFICULT {
    @Override
    List<Example> epoch(List<Example> examples, Random random) {
      return UNIFORM.epoch(examples, random);
    }

    @Override
    List<Example> epoch(
        List<Example> examples, Difficulty difficulty, boolean warmingUp, Random random) {
      if (warmingUp) {
        return epoch(examples, random);
      }
      List<Example> drawn = difficulty.draw(PRESSURE, random);
      Collections.shuffle(drawn, random);
      return drawn;
    }
  };

  /** How much more often the hardest example comes than the easiest: ours. */
  static final double PRESSURE = 4;

  /** Returns the examples of an epoch, as many as there are, in the order they are seen in. */
  abstract List<Example> epoch(List<Example> examples, Random random);

  /**
   * Returns the examples of an epoch, by what is known of them.
   *
   * @param difficulty of these examples
   * @param warmingUp whether too little is known of it
   */
  List<Example> epoch(
      List<Example> examples, Difficulty difficulty, boolean warmingUp, Random random) {
    return epoch(examples, random);
  }
}
