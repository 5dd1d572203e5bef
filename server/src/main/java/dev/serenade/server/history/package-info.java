/**
 * What a server keeps: analyses, their recordings, and what people corrected.
 *
 * <p>Start at {@link dev.serenade.server.history.History}. Rows are in SQLite or PostgreSQL ({@link
 * dev.serenade.server.history.HistorySettings} says which); recordings are files, named by us, in a
 * folder. A recording is written before its row and removed after it, so that a crash leaves a file
 * too many at worst, which is swept away later.
 */
package dev.serenade.server.history;
