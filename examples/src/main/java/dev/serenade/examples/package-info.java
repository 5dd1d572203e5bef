/** Programs to begin with: each is whole, and short enough to be read at once. */
package dev.serenade.examples;
