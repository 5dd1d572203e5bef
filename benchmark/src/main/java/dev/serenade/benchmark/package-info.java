/** One class per question about speed; the module's README says how to run them. */
package dev.serenade.benchmark;
