package dev.serenade.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

  @Test
  void environmentSaysWhereAndHow() {
    HubSettings settings =
        HubSettings.of(
            Map.of(
                "HF_ENDPOINT", "https://mirror.example/",
                "HF_TOKEN", " hf_1 ",
                "https_proxy", "http://proxy.example:3128",
                "NO_PROXY", "intern.example"));
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://mirror.example"));
    assertThat(settings.token()).hasValue("hf_1");
    assertThat(settings.proxy()).isEqualTo("http://proxy.example:3128");
    assertThat(settings.noProxy()).isEqualTo("intern.example");
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void nothingSetMeansTheHubItself() {
    HubSettings settings = HubSettings.of(Map.of());
    assertThat(settings.endpoint()).isEqualTo(URI.create(HubSettings.DEFAULT_ENDPOINT));
    assertThat(settings.token()).isEmpty();
    assertThat(settings.proxy()).isEmpty();
    assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", "1")).offline()).isTrue();
  }

  @Test
  void endpointWithoutTlsHasItsOwnProxy() {
    Map<String, String> both =
        Map.of("HTTP_PROXY", "plain:1", "HTTPS_PROXY", "secure:2", "HF_ENDPOINT", "http://mirror");
    assertThat(HubSettings.of(both).proxy()).isEqualTo("plain:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://mirror.example", "mirror.example", "https://", "file:///etc"})
  void endpointThatIsNoneIsRefused(String endpoint) {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", endpoint)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://proxy.example:1", "http://me:secret@proxy.example:3128"})
  void proxyThatCannotBeUsedIsRefusedWithoutItsPassword(String proxy) {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HTTPS_PROXY", proxy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a proxy ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "'', HTTP",
    "*, DIRECT",
    "hub.example, DIRECT",
    "example, DIRECT",
    "' .EXAMPLE , x', DIRECT",
    "ub.example, HTTP",
    "other.example, HTTP"
  })
  void someHostsAreReachedWithoutTheProxy(String noProxy, Proxy.Type expected) {
    ProxyRule rule = ProxyRule.of("http://proxy.example:3128", noProxy);
    assertThat(rule.select(URI.create("https://hub.example/x")).get(0).type()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "openai/whisper-small, whisper-small",
    "whisper-small, whisper-small",
    "me/whisper-fa, me/whisper-fa"
  })
  void nameGivesTheFolder(String name, String folder) {
    assertThat(RepositoryName.parse(name).folder()).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b/c", "../x", "a/..", "a/.b", "-a/b", "a b", "a/b?c", "a/"})
  void namesThatAreNoneAreRefused(String name) {
    assertThatThrownBy(() -> RepositoryName.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a model's name such as openai/whisper-small");
  }
}
