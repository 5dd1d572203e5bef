/**
 * {@code serenade tune}: finds settings that do well on speakers who are held out.
 *
 * <p>{@link dev.serenade.cli.tune.TuneCommand} reads the command line; {@code Search} tries one
 * {@code Candidate} after the other from a {@code SearchSpace}, as {@code Proposals} says, and lets
 * a {@code Race} give up what is clearly behind. None of them knows what a command line or an
 * encoder is; {@code TrialsOfRecipes} does the training.
 */
package dev.serenade.cli.tune;
