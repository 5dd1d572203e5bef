/**
 * What clients ask over HTTP and are answered: routes, the options of a request, uploads, problems,
 * keys and headers. Start with {@link dev.serenade.server.http.AnalysesRoutes}.
 */
package dev.serenade.server.http;
