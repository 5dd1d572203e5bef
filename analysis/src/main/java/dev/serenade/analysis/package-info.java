/** What is heard in a recording, of any length, and how it is written. */
package dev.serenade.analysis;
