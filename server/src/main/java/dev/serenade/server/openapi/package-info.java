/**
 * The description of the API (OpenAPI 3.1), made from the routes themselves: each carries its own
 * {@link dev.serenade.server.openapi.Operation}.
 */
package dev.serenade.server.openapi;
