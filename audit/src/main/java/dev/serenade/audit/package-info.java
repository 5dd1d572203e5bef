/**
 * Finds what would make a corpus's numbers wrong, before anyone trains: leaks between the sides of
 * a split, duplicates, labels that disagree, and shortcuts that predict the class without listening
 * to the voice.
 *
 * <p>Start at {@link dev.serenade.audit.Audit}, which gives {@link dev.serenade.audit.Finding}s,
 * and {@link dev.serenade.audit.AuditReport}, which writes them. Every clip is decoded once ({@link
 * dev.serenade.audit.ClipMeasure}); a {@link dev.serenade.audit.Check} looks at all measures.
 */
package dev.serenade.audit;
