/** Emotion recognition over HTTP, and the page on which people use it. */
package dev.serenade.server;
