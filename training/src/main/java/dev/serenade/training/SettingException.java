package dev.serenade.training;

/** A setting of {@link TrainingSettings} has a value that makes no sense. */
public final class SettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String problem;

  SettingException(String setting, String problem) {
    super(setting + ": " + problem);
    this.setting = setting;
    this.problem = problem;
  }

  SettingException(String setting, String problem, NumberFormatException cause) {
    this(setting, problem);
    initCause(cause);
  }

  static void require(boolean holds, String setting, String expected, Object found) {
    if (!holds) {
      throw new SettingException(setting, "expected %s, found %s".formatted(expected, found));
    }
  }

  /** Returns the setting's name, a key of {@link TrainingSettings#toMap}. */
  public String setting() {
    return setting;
  }

  /** Returns what was expected and what was found. */
  public String problem() {
    return problem;
  }
}
