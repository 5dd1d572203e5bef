/**
 * What is said in a recording, by a whole Whisper.
 *
 * <p>Start at {@link dev.serenade.transcription.Transcriber}; {@link
 * dev.serenade.transcription.TranscriptStream} hears recordings of any length piece by piece.
 */
package dev.serenade.transcription;
