package dev.serenade.server.http;

import com.google.gson.JsonObject;
import dev.serenade.server.work.Job;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Tells a client how far a job is, by server-sent events, until it is over. */
final class JobEvents {

  /** So often something is sent, or whoever stands between might hang up. */
  private static final long LONGEST_SILENCE_MS = 10_000;

  private final Context context;
  private final Job job;

  JobEvents(Context context, Job job) {
    this.context = context;
    this.job = job;
  }

  /** Sends until the job is over, or the client has gone. */
  void send(Supplier<JsonObject> resource) throws InterruptedException {
    context.contentType("text/event-stream");
    context.header("Cache-Control", "no-store");
    context.header("X-Accel-Buffering", "no");
    try {
      OutputStream out = context.res().getOutputStream();
      int segments = 0;
      Job.View view = job.view(0);
      while (true) {
        for (JsonObject segment : view.segments()) {
          write(out, "segment", segment);
        }
        segments += view.segments().size();
        if (view.isOver()) {
          break;
        }
        write(out, "progress", JobJson.progress(view));
        out.flush();
        view = job.await(view, segments, LONGEST_SILENCE_MS);
      }
      if (view.problem().isPresent()) {
        write(out, "failed", view.problem().get().json());
      } else {
        write(out, "done", resource.get());
      }
      out.flush();
    } catch (IOException e) {
      // The client has gone; the job goes on.
    }
  }

  private static void write(OutputStream out, String event, JsonObject data) throws IOException {
    String text = "event: %s%ndata: %s%n%n".formatted(event, data).replace("\r", "");
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
