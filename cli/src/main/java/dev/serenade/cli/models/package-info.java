/**
 * {@code serenade models}: encoders are downloaded, listed, verified and removed, and what is known
 * of a model is told, as a model card too.
 *
 * <p>A {@link dev.serenade.cli.models.ModelCard} is put together from the model file, the ledger of
 * corpora, and whichever reports there are; what no report says is said to be missing.
 */
package dev.serenade.cli.models;
