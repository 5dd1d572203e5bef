package dev.serenade.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this system, without a window, and with a file in place of a microphone. */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts it; a test is skipped where there is none.
   *
   * @param microphone a WAV that the microphone hears over and over
   */
  static Chromium start(Path microphone) {
    Optional<Path> executable = find();
    assumeTrue(executable.isPresent(), "no Chromium on the PATH");
    PlaywrightAssertions.setDefaultAssertionTimeout(Visit.PATIENCE_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      BrowserType.LaunchOptions options =
          new BrowserType.LaunchOptions()
              .setExecutablePath(executable.get())
              .setArgs(
                  List.of(
                      // Containers run tests as root, where Chromium has no sandbox.
                      "--no-sandbox",
                      "--autoplay-policy=no-user-gesture-required",
                      "--use-fake-ui-for-media-stream",
                      "--use-fake-device-for-media-stream",
                      "--use-file-for-fake-audio-capture=" + microphone));
      return new Chromium(playwright, playwright.chromium().launch(options));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens the page of a server, as somebody with these wishes sees it. */
  Visit visit(String address, Look look) {
    return Visit.open(browser, address, look);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
