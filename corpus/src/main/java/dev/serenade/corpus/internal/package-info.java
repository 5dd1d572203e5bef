/**
 * Finding recordings, gathering clips and hashing, for the readers in this module.
 *
 * <p>Public only because the readers live in several packages; not for users.
 */
package dev.serenade.corpus.internal;
