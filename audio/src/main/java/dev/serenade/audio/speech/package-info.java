/**
 * Where somebody speaks.
 *
 * <p>Start at {@link dev.serenade.audio.speech.SpeechDetector}.
 *
 * <p>What share of speech it misses and of silence it takes for speech was measured on 45 clips
 * each of EMO-DB, EMOVO and RAVDESS, joined by one to three seconds of silence, under noise at a
 * ratio over the whole recording and over the telephone. Speech is a clip without its ends where it
 * is 35 dB below its loudest 10 ms; what is within 0.3 s after a clip does not count. The
 * parameters were chosen on EMOVO alone. In percent, missed / taken for speech, beside the detector
 * of WebRTC (libfvad, its second mode of four, with the same 0.3 s of hangover):
 *
 * <pre>{@code
 *                      EMO-DB        EMOVO       RAVDESS      WebRTC: EMO-DB     EMOVO       RAVDESS
 * as they are         0.0 / 3.9    0.7 / 2.9    3.7 / 3.0     0.3 /   6.4    1.9 /  5.5    3.4 /  6.2
 * white noise 30 dB   0.4 / 2.6    1.6 / 2.3    4.6 / 2.2     0.3 /  17.8    2.3 / 11.0    5.4 /  9.9
 *             20 dB   1.7 / 6.5    5.0 / 2.3    7.0 / 2.6     1.6 /  16.1    4.2 / 10.2    7.6 /  9.3
 *             10 dB   3.0 / 5.6    6.9 / 5.9   12.3 / 5.3     2.1 /  20.6    6.0 / 11.5   12.2 / 12.1
 *              5 dB   3.7 / 5.3    8.7 / 5.7   17.3 / 5.3     0.0 / 100.0    8.8 / 12.8   23.1 / 12.4
 * pink noise  30 dB   1.2 / 2.2    3.8 / 2.3    4.6 / 2.1     0.9 /  14.5    4.0 /  8.1    5.5 / 11.9
 *             20 dB   1.8 / 6.2    5.3 / 1.4    7.9 / 2.3     1.7 /  13.6    5.0 /  8.8    9.1 / 12.4
 *             10 dB   3.2 / 5.3    8.7 / 5.6   15.2 / 5.1     1.0 /  64.4   10.3 /  7.4   20.3 /  8.3
 *              5 dB   4.2 / 5.2   13.5 / 5.4   26.8 / 5.2     0.0 / 100.0   14.8 /  8.5   28.3 / 10.7
 * telephone           0.1 / 3.7    1.7 / 2.8    3.9 / 2.6     0.7 /   6.2    2.5 /  5.1    4.1 /  5.1
 * telephone and 20 dB 1.9 / 6.2    5.7 / 1.2    8.8 / 2.4     2.3 /  13.3    6.2 / 11.4    9.2 /  8.8
 * mobile phone        0.9 / 7.3    2.4 / 6.8    6.1 / 6.5     0.4 /  13.1    2.0 /  7.3    6.0 /  8.9
 * 20 dB, 20 dB softer 1.7 / 1.4    5.4 / 1.3    7.6 / 0.6     2.1 /   9.7    5.0 /  6.7   19.4 /  4.1
 * }</pre>
 *
 * <p>What is missed are soft ends and moments of phrases: down to 20 dB of noise no clip was missed
 * whole, at 10 dB one of 135 and at 5 dB of pink noise three, all among RAVDESS's softest. What is
 * taken for speech is, in noise, above all the first second of a recording, in which the noise is
 * not known yet, and else the moment after the 0.3 s. Voices in the background are speech to it,
 * all of them.
 */
package dev.serenade.audio.speech;
