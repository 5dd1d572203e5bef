/**
 * Where somebody speaks.
 *
 * <p>Start at {@link dev.serenade.audio.speech.SpeechDetector}.
 */
package dev.serenade.audio.speech;
