package dev.serenade.audit;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Writes {@code audit.json}: shares from 0 to 1. */
public final class AuditJson {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private AuditJson() {}

  /** Returns the whole file, ended by a line feed. */
  public static String of(AuditResult result) {
    JsonObject root = new JsonObject();
    root.addProperty("corpus", result.corpus().name());
    root.addProperty("manifestSha256", result.corpus().manifestSha256());
    root.addProperty("clips", result.corpus().utterances().size());
    root.addProperty("speakers", result.corpus().speakers().size());
    root.addProperty("protocol", result.protocol().name());
    root.addProperty("seed", Audit.SEED);
    JsonObject counts = new JsonObject();
    for (Severity severity : Severity.values()) {
      counts.addProperty(severity.key(), result.findings(severity).size());
    }
    root.add("counts", counts);
    JsonArray findings = new JsonArray();
    result.findings().forEach(finding -> findings.add(of(finding)));
    root.add("findings", findings);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject of(Finding finding) {
    JsonObject json = new JsonObject();
    json.addProperty("check", finding.check());
    json.addProperty("severity", finding.severity().key());
    json.addProperty("message", finding.message());
    json.addProperty("advice", finding.advice());
    JsonArray clips = new JsonArray();
    finding.clips().forEach(clips::add);
    json.add("clips", clips);
    JsonObject measure = new JsonObject();
    finding.measure().forEach(measure::addProperty);
    json.add("measure", measure);
    return json;
  }
}
