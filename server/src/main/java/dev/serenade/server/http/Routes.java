package dev.serenade.server.http;

import io.javalin.config.RoutesConfig;

/** Some of what a server answers. */
public interface Routes {

  /** Adds the handlers to a server that is being made. */
  void addTo(RoutesConfig routes);
}
