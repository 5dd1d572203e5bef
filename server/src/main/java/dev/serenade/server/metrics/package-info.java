/** What Prometheus asks for. */
package dev.serenade.server.metrics;
