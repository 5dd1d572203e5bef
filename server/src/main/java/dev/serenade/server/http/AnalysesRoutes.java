package dev.serenade.server.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.server.openapi.Operation;
import dev.serenade.server.work.Admission;
import dev.serenade.server.work.AnalysisService;
import dev.serenade.server.work.Job;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Analyses: asking for one, and what became of it. */
public final class AnalysesRoutes implements Routes {

  private static final String PATH = "/v1/analyses";
  private static final String ID = "id";
  private static final String ITS_NAME = "As POST or a listing gave it.";
  private static final String RESOURCE = "AnalysisResource";
  private static final int USUAL_PAGE = 20;
  private static final int LARGEST_PAGE = 100;

  private final AnalysisService service;
  private final UploadReader uploads;
  private final Admission admission;
  private final Admission followers;
  private final Archive archive;

  /**
   * Prepares the routes.
   *
   * @param admission for who asks for an analysis
   * @param followers for who follows a job
   * @param archive finished analyses that are kept
   */
  public AnalysesRoutes(
      AnalysisService service,
      UploadReader uploads,
      Admission admission,
      Admission followers,
      Archive archive) {
    this.service = service;
    this.uploads = uploads;
    this.admission = admission;
    this.followers = followers;
    this.archive = archive;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    AnalysisOptions.describe(Operation.of("analyse", "Analyses a recording."))
        .description(
            "A short recording is answered at once, with what `serenade predict --format json` prints; a"
                + " long one becomes a job. Options may be parameters or fields of the form.")
        .recording()
        .answer(200, "What was heard.", "Analysis")
        .answer(202, "A job that will have an answer: see Location.", RESOURCE)
        .problems(400, 408, 413, 415, 422, 429, 500, 503, 504, 507)
        .at(routes, HandlerType.POST, PATH, this::create);
    Operation.of("listAnalyses", "Lists jobs, and analyses that are kept; newest first.")
        .whole("limit", "How many (default: 20).", 1, LARGEST_PAGE)
        .text("cursor", "Where to go on: `next` of the page before.")
        .answer(200, "A page.", "AnalysisPage")
        .problems(400, 503)
        .at(routes, HandlerType.GET, PATH, this::list);
    Operation.of("getAnalysis", "Tells what became of an analysis.")
        .path(ID, ITS_NAME)
        .answer(200, "What is known.", RESOURCE)
        .problems(404, 503)
        .at(
            routes,
            HandlerType.GET,
            PATH + "/{id}",
            context -> Answers.json(context, find(context.pathParam(ID))));
    Operation.of("deleteAnalysis", "Stops a job, or removes an analysis and its recording.")
        .path(ID, ITS_NAME)
        .answer(204, "It is gone.")
        .problems(404, 503)
        .at(routes, HandlerType.DELETE, PATH + "/{id}", this::delete);
    Operation.of("followAnalysis", "Tells how a job goes on, until it is over.")
        .description(
            "Server-sent events: `progress`, `segment`, and at the end `done` with the analysis or"
                + " `failed` with the problem.")
        .path(ID, ITS_NAME)
        .answerOfEvents(200, "Events.")
        .problems(404, 429, 503)
        .at(routes, HandlerType.GET, PATH + "/{id}/events", this::follow);
  }

  private void create(Context context) throws InterruptedException {
    Admission.Ticket ticket = admission.enter();
    try {
      UploadReader.Received received = uploads.read(context);
      AnalysisOptions options;
      try {
        options = AnalysisOptions.of(context, received.fields());
      } catch (ProblemException e) {
        UploadReader.discard(received.recording());
        throw e;
      }
      answer(context, service.analyse(received.recording(), options));
    } finally {
      ticket.close();
    }
  }

  private static void answer(Context context, AnalysisService.Outcome outcome) {
    if (outcome instanceof AnalysisService.Answered answered) {
      JsonObject json = new JsonObject();
      answered
          .id()
          .ifPresent(
              id -> {
                context.header("Location", PATH + "/" + id);
                json.addProperty("id", id);
              });
      answered.result().asMap().forEach(json::add);
      Answers.json(context, json);
    } else if (outcome instanceof AnalysisService.Accepted accepted) {
      Job job = accepted.job();
      context.status(202).header("Location", PATH + "/" + job.id());
      Answers.json(context, JobJson.of(job));
    }
  }

  /** A job that is over and kept is told as it is kept: it may have been corrected. */
  private JsonObject find(String id) {
    return archive
        .find(id)
        .or(() -> service.jobs().find(id).map(JobJson::of))
        .orElseThrow(() -> ProblemException.notFound("no analysis " + Answers.shown(id)));
  }

  private void list(Context context) {
    int limit = Answers.wholeNumber(context, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
    Optional<String> cursor = Optional.ofNullable(context.queryParam("cursor"));
    JsonArray analyses = new JsonArray();
    if (cursor.isEmpty()) {
      // What is kept comes from the archive.
      List<Job> jobs = service.jobs().list();
      Set<String> kept = archive.known(jobs.stream().map(Job::id).toList());
      jobs.stream()
          .filter(job -> !kept.contains(job.id()))
          .limit(archive.isOpen() ? limit : Integer.MAX_VALUE)
          .forEach(job -> analyses.add(JobJson.summary(job)));
    }
    JsonObject json = new JsonObject();
    json.add("analyses", analyses);
    archive.list(limit, cursor, json);
    Answers.json(context, json);
  }

  private void delete(Context context) {
    String id = context.pathParam("id");
    boolean wasJob = service.jobs().delete(id);
    if (!archive.delete(id) && !wasJob) {
      throw ProblemException.notFound("no analysis " + Answers.shown(id));
    }
    context.status(204);
  }

  private void follow(Context context) throws InterruptedException {
    String id = context.pathParam("id");
    Job job =
        service
            .jobs()
            .find(id)
            .orElseThrow(() -> ProblemException.notFound("no job " + Answers.shown(id)));
    Admission.Ticket ticket = followers.enter();
    try {
      new JobEvents(context, job).send(() -> find(id));
    } finally {
      ticket.close();
    }
  }
}
