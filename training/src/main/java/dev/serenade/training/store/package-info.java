/**
 * Hidden states on disk, computed once per clip, encoder and window, and read by memory map.
 *
 * <p>{@link dev.serenade.training.store.FeatureStore} keeps them; {@link
 * dev.serenade.training.store.FeatureExtractor} decodes and encodes the clips that it lacks.
 */
package dev.serenade.training.store;
