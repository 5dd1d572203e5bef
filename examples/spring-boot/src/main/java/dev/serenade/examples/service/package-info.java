/** A web service of one's own; {@code serenade serve} is one that is ready made. */
package dev.serenade.examples.service;
