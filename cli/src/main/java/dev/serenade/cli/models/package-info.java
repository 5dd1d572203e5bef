/**
 * {@code serenade models}: what is known of a model, as a model card.
 *
 * <p>A {@link dev.serenade.cli.models.ModelCard} is put together from the model file, the ledger of
 * corpora, and whichever reports there are; what no report says is said to be missing.
 */
package dev.serenade.cli.models;
