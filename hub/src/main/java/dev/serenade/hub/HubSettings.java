package dev.serenade.hub;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the hub is and how to reach it.
 *
 * @param endpoint where its paths begin, without a slash at the end
 * @param token for models that are not public; sent to the endpoint's host alone
 * @param proxy such as {@code http://proxy.example:3128}; empty for none
 * @param noProxy hosts to reach without the proxy, with commas
 * @param offline whether nothing may be downloaded
 * @param retries how failures that may pass are met
 */
public record HubSettings(
    URI endpoint,
    Optional<String> token,
    String proxy,
    String noProxy,
    boolean offline,
    RetryRule retries) {

  /** The hub that models come from unless a mirror is named. */
  public static final String DEFAULT_ENDPOINT = "https://huggingface.co";

  /** Checks the endpoint and the proxy. */
  public HubSettings {
    String scheme = String.valueOf(endpoint.getScheme());
    if (!(scheme.equals("https") || scheme.equals("http")) || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "expected an endpoint such as https://mirror.example, found " + endpoint);
    }
    ProxyRule.of(proxy, noProxy);
  }

  /**
   * Reads the settings that other tools use too: {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code
   * HF_HUB_OFFLINE}, {@code HTTPS_PROXY} (for an endpoint without TLS, {@code HTTP_PROXY}), {@code
   * NO_PROXY}, the last three in small letters as well.
   *
   * @throws IllegalArgumentException if one of them makes no sense
   */
  public static HubSettings of(Map<String, String> environment) {
    String configured = environment.getOrDefault("HF_ENDPOINT", "");
    URI endpoint = endpoint(configured.isBlank() ? DEFAULT_ENDPOINT : configured);
    String token = environment.getOrDefault("HF_TOKEN", "").strip();
    String offline = environment.getOrDefault("HF_HUB_OFFLINE", "");
    return new HubSettings(
        endpoint,
        token.isEmpty() ? Optional.empty() : Optional.of(token),
        eitherCase(environment, "http".equals(endpoint.getScheme()) ? "HTTP_PROXY" : "HTTPS_PROXY"),
        eitherCase(environment, "NO_PROXY"),
        offline.equals("1") || offline.equalsIgnoreCase("true") || offline.equalsIgnoreCase("yes"),
        RetryRule.DEFAULT);
  }

  private static String eitherCase(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    return upper.isBlank() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
  }

  /** Returns the same with another endpoint. */
  public HubSettings withEndpoint(String other) {
    return new HubSettings(endpoint(other), token, proxy, noProxy, offline, retries);
  }

  /** Returns the same with another proxy. */
  public HubSettings withProxy(String other) {
    return new HubSettings(endpoint, token, other, noProxy, offline, retries);
  }

  private static URI endpoint(String text) {
    return URI.create(text.strip().replaceAll("/+$", ""));
  }

  @Override
  public String toString() {
    // Without the token.
    return "HubSettings[%s, proxy %s]".formatted(endpoint, proxy.isEmpty() ? "none" : proxy);
  }
}
