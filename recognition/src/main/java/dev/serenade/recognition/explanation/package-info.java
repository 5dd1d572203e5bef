/**
 * What a score owes to which moment of a clip, and whether that can be believed.
 *
 * <p>Start at {@link dev.serenade.recognition.explanation.Explanation}: attention with its
 * uniformity, and {@link dev.serenade.recognition.explanation.Occlusion}, which takes stretches
 * away and looks what becomes of the score. A {@link dev.serenade.recognition.explanation.Removal}
 * says what is put in their place; {@link dev.serenade.recognition.explanation.RemovalCurves} tests
 * an explanation by taking away what it says matters most.
 */
package dev.serenade.recognition.explanation;
