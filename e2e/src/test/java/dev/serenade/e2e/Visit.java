package dev.serenade.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody's visit to the page. Whatever it complains of while it is open fails the test. */
final class Visit implements AutoCloseable {

  private static final Path PICTURES = Path.of(System.getProperty("serenade.screenshots"));

  /** A clip is heard within a second or two; a loaded machine needs longer. */
  static final double PATIENCE_MS = 30_000;

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private Visit(BrowserContext context, Page page) {
    this.context = context;
    this.page = page;
  }

  static Visit open(Browser browser, String address, Look look) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setLocale(look.language())
                .setColorScheme(look.scheme())
                .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    Visit visit = new Visit(context, page);
    page.onPageError(visit.complaints::add);
    page.onConsoleMessage(
        message -> {
          // Statuses of errors that a test brings about are no complaint of the page's.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            visit.complaints.add(message.text());
          }
        });
    page.navigate(address);
    return visit;
  }

  Page page() {
    return page;
  }

  /** Chooses files as in the browser's dialog. */
  void choose(Path... files) {
    page.locator("input[type=file]").setInputFiles(files);
  }

  /** Chooses a file that is on no disk. */
  void choose(String name, String type, byte[] bytes) {
    page.locator("input[type=file]").setInputFiles(new FilePayload(name, type, bytes));
  }

  /** Drops a file onto the page. */
  void drop(String name, byte[] bytes) {
    waitFor(at(".add"));
    page.evaluate(
        """
        ({ name, text }) => {
          const transfer = new DataTransfer();
          const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
          transfer.items.add(new File([bytes], name));
          const at = document.querySelector('.add');
          for (const type of ['dragover', 'drop']) {
            at.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
          }
        }
        """,
        Map.of("name", name, "text", Base64.getEncoder().encodeToString(bytes)));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator at(String selector) {
    return page.locator(selector);
  }

  Locator at(String selector, String text) {
    return page.locator(selector, new Page.LocatorOptions().setHasText(text));
  }

  /** Returns the emotion that is told of the recording shown. */
  Locator verdict() {
    return page.locator(".detail .verdict .emotion");
  }

  /** Waits for the verdict. */
  void awaitHeard() {
    waitFor(verdict());
  }

  void waitFor(Locator what) {
    what.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MS));
  }

  /** Takes a picture of all of the page, and has its accessibility checked. */
  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    List<Rule> violations =
        new AxeBuilder(page).withTags(RULES).setLegacyMode(true).analyze().getViolations();
    assertThat(violations.stream().map(Visit::words).toList()).as(name).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("what of %s is out of sight at the side", name)
        .isEqualTo(0);
  }

  private static String words(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getNodes().stream().map(CheckedNode::getHtml).collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("what the page complained of").isEmpty();
  }
}
