package dev.serenade.server.http;

import com.google.gson.JsonObject;
import dev.serenade.server.work.Admission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Whether the server runs, and whether it takes work. */
public final class HealthRoutes implements Routes {

  private final Admission admission;

  /** Prepares the routes. */
  public HealthRoutes(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/health/live", context -> answer(context, true));
    routes.get("/health/ready", context -> answer(context, admission.isOpen()));
  }

  private static void answer(Context context, boolean up) {
    JsonObject json = new JsonObject();
    json.addProperty("status", up ? "up" : "down");
    context.status(up ? 200 : 503);
    Answers.json(context, json);
  }
}
