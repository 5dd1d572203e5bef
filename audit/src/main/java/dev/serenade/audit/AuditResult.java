package dev.serenade.audit;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.protocol.Protocol;
import java.util.List;

/** What an audit found. */
public final class AuditResult {

  private final Corpus corpus;
  private final Protocol protocol;
  private final List<Finding> findings;
  private final List<Shortcut> shortcuts;

  AuditResult(Corpus corpus, Protocol protocol, List<Finding> findings, List<Shortcut> shortcuts) {
    this.corpus = corpus;
    this.protocol = protocol;
    this.findings = List.copyOf(findings);
    this.shortcuts = List.copyOf(shortcuts);
  }

  /** Returns what was audited. */
  public Corpus corpus() {
    return corpus;
  }

  /** Returns under which split. */
  public Protocol protocol() {
    return protocol;
  }

  /** Returns all findings, the worst first; what was looked for and not found is among them. */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns the findings of this severity. */
  public List<Finding> findings(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }

  /** Returns whether all clips could be decoded and looked at. */
  public boolean isComplete() {
    return findings.stream()
        .noneMatch(
            finding ->
                finding.check().equals(ReadingCheck.UNREADABLE)
                    && finding.severity() != Severity.OK);
  }

  List<Shortcut> shortcuts() {
    return shortcuts;
  }
}
