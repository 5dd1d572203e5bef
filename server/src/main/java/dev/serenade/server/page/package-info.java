/**
 * The page on which people use the server, from resources beside this class. Start at {@link
 * dev.serenade.server.page.PageRoutes} and {@code index.html}; {@code messages/} holds its texts.
 */
package dev.serenade.server.page;
