/**
 * Tests of the whole product, with the real server and the default model.
 *
 * <p>The page is used in the system's Chromium; where there is none, those tests are skipped. What
 * it looked like is in {@code target/screenshots}.
 */
package dev.serenade.e2e;
