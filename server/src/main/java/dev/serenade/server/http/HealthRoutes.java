package dev.serenade.server.http;

import com.google.gson.JsonObject;
import dev.serenade.server.openapi.Operation;
import dev.serenade.server.work.Admission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** Whether the server runs, and whether it takes work. */
public final class HealthRoutes implements Routes {

  private final Admission admission;

  /** Prepares the routes. */
  public HealthRoutes(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Operation.of("isLive", "Tells whether the server runs.")
        .open()
        .answer(200, "It does.", "Health")
        .at(routes, HandlerType.GET, "/health/live", context -> answer(context, true));
    Operation.of("isReady", "Tells whether the server takes work.")
        .open()
        .answer(200, "It does.", "Health")
        .answer(503, "It does not.", "Health")
        .at(
            routes,
            HandlerType.GET,
            "/health/ready",
            context -> answer(context, admission.isOpen()));
  }

  private static void answer(Context context, boolean up) {
    JsonObject json = new JsonObject();
    json.addProperty("status", up ? "up" : "down");
    context.status(up ? 200 : 503);
    Answers.json(context, json);
  }
}
