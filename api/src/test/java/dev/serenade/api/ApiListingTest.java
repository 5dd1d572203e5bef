package dev.serenade.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dserenade.api.update=true} writes the listings anew. */
final class ApiListingTest {

  private static final Path LISTINGS = Path.of("api", "listing");

  /** A module of ours on the class path: the folder of its classes, or its jar. */
  private static final Pattern LIBRARY =
      Pattern.compile("(.*/([a-z0-9]+)/target/)(classes|serenade-[a-z0-9]+-[^/]*\\.jar)");

  private record Library(String name, Path place) {}

  private static Stream<Library> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> LIBRARY.matcher(entry.replace(File.separatorChar, '/')))
        .filter(Matcher::matches)
        .map(match -> new Library(match.group(2), Path.of(match.group())))
        .filter(library -> !library.name().equals("api"));
  }

  static List<String> names() {
    return libraries().map(Library::name).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatALibraryShowsIsWhatIsListed(String name) throws IOException {
    Path place =
        libraries()
            .filter(library -> library.name().equals(name))
            .findFirst()
            .orElseThrow()
            .place();
    List<String> shown = ApiListing.of(place);
    Path listing = LISTINGS.resolve(name + ".txt");
    if (Boolean.getBoolean("serenade.api.update")) {
      Files.write(listing, shown);
    }

    assertThat(shown).isNotEmpty();
    assertThat(Files.readAllLines(listing))
        .as("%s: if the change is meant, -Dserenade.api.update=true lists it", listing)
        .containsExactlyElementsOf(shown);
  }

  @Test
  void everyLibraryIsListed() throws IOException {
    try (Stream<Path> listings = Files.list(LISTINGS)) {
      assertThat(listings.map(listing -> listing.getFileName() + ""))
          .containsExactlyInAnyOrderElementsOf(names().stream().map(name -> name + ".txt").toList())
          .contains("recognition.txt", "audio.txt");
    }
  }
}
