/**
 * Timelines as other programs read them: captions under a video, and tiers of an annotation. Start
 * at {@link dev.serenade.analysis.caption.CaptionFormat}.
 */
package dev.serenade.analysis.caption;
