package dev.serenade.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's texts, in every language that it has. */
class MessagesTest {

  private static final Path SCRIPTS =
      Path.of(
          System.getProperty("serenade.root"),
          "server/src/main/resources/dev/serenade/server/page/js");

  private static JsonElement read(String name) throws IOException {
    try (InputStream in = MessagesTest.class.getResourceAsStream("messages/" + name + ".json")) {
      assertThat(in).as(name).isNotNull();
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static JsonObject texts(String code) throws IOException {
    return read(code).getAsJsonObject();
  }

  private static List<String> languages() throws IOException {
    List<String> codes = new ArrayList<>();
    for (JsonElement language : read("languages").getAsJsonArray()) {
      codes.add(language.getAsJsonObject().get("code").getAsString());
    }
    return codes;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyLanguageSaysAllThatEnglishDoes() throws IOException {
    JsonObject english = texts("en");
    assertThat(languages()).contains("en", "fa");
    for (String code : languages()) {
      JsonObject texts = texts(code);
      assertThat(texts.keySet()).as(code).containsExactlyElementsOf(english.keySet());
      for (String key : english.keySet()) {
        assertThat(texts.get(key).getAsString()).as(code + " " + key).isNotBlank();
        Pattern place = Pattern.compile("\\{\\w+}");
        assertThat(found(place, texts.get(key).getAsString()))
            .as(code + " " + key)
            .isEqualTo(found(place, english.get(key).getAsString()));
      }
    }
  }

  @Test
  void everyTextThatThePageAsksForIsThere() throws IOException {
    JsonObject english = texts("en");
    Pattern asked = Pattern.compile("(?<=\\bsay\\(')[a-z.-]+(?=')");
    try (Stream<Path> scripts = Files.list(SCRIPTS)) {
      Set<String> keys = new TreeSet<>();
      for (Path script : scripts.toList()) {
        keys.addAll(found(asked, Files.readString(script)));
      }
      assertThat(keys).hasSizeGreaterThan(50);
      assertThat(english.keySet()).containsAll(keys);
    }
  }
}
