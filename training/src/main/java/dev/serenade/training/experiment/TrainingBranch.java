package dev.serenade.training.experiment;

import dev.serenade.training.TrainingListener;
import dev.serenade.training.store.ExtractedCorpus;

/**
 * One of the two branches that a model is made of.
 *
 * @param recipe of its head
 * @param extracted the clips and their states
 * @param listener hears how its training goes
 */
public record TrainingBranch(Recipe recipe, ExtractedCorpus extracted, TrainingListener listener) {}
