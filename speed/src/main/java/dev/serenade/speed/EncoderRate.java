package dev.serenade.speed;

/**
 * What the encoder does for a clip, and what the machine could have done in as long.
 *
 * @param gigaflopsPerClip thousands of millions of floating-point operations
 * @param matrixGigaflops thousands of millions of operations a second that products of matrices
 *     reached beside it, in one go of as many operations as it does (or {@value
 *     MatrixRate#MOST_GIGAFLOPS} thousand millions, if it does more)
 */
public record EncoderRate(double gigaflopsPerClip, double matrixGigaflops) {}
