/**
 * Timelines as other programs read them: captions under a video, and tiers of an annotation. Start
 * at {@link dev.serenade.cli.caption.CaptionFormat}.
 */
package dev.serenade.cli.caption;
