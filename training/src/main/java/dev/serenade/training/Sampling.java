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
  };

  /** Returns the examples of an epoch, as many as there are, in the order they are seen in. */
  abstract List<Example> epoch(List<Example> examples, Random random);
}
