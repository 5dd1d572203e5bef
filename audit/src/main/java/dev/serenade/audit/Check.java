package dev.serenade.audit;

import java.util.List;

/** Looks for one kind of fault. Stateless. */
interface Check {

  /** Returns what was found, at least one: that there is nothing is a finding too. */
  List<Finding> check(Evidence evidence);
}
