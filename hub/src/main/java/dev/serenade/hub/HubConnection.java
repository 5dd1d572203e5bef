package dev.serenade.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Asks the hub, once. Redirects are followed here and not by the client, so that the token goes to
 * the endpoint's own host and to no other.
 */
final class HubConnection {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTS = 8;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final HubSettings settings;
  private final HttpClient client;

  HubConnection(HubSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxyRule.of(settings.proxy(), settings.noProxy()))
            .build();
  }

  /**
   * Asks for what is at an address, and behind redirects from it. The caller closes the body.
   *
   * @param accepted the status codes that are an answer
   * @throws TransientException if it is worth trying again
   * @throws UnreachableException if there is nobody to ask
   * @throws HubException if the hub refuses; the message says why, as far as it is known
   */
  HttpResponse<InputStream> get(URI uri, Map<String, String> headers, Set<Integer> accepted)
      throws IOException {
    URI at = uri;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<InputStream> response = send(at, headers);
      int status = response.statusCode();
      if (accepted.contains(status)) {
        return response;
      }
      response.body().close();
      if (!REDIRECTS.contains(status)) {
        throw refusal(uri, response);
      }
      at = target(at, response);
    }
    throw new HubException(
        "%s: expected at most %d redirects, found more".formatted(shown(uri), MOST_REDIRECTS));
  }

  private static URI target(URI from, HttpResponse<InputStream> response) throws HubException {
    String location = response.headers().firstValue("location").orElse("");
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new HubException(
          "%s: redirected to %s, which is no address".formatted(shown(from), location), e);
    }
    boolean weaker = "https".equals(from.getScheme()) && !"https".equals(target.getScheme());
    if (location.isEmpty() || target.getHost() == null || weaker) {
      throw new HubException(
          "%s: redirected to %s, which is not followed"
              .formatted(shown(from), location.isEmpty() ? "nowhere" : shown(target)));
    }
    return target;
  }

  private HttpResponse<InputStream> send(URI uri, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(HEADERS_TIMEOUT).header("User-Agent", "serenade");
    headers.forEach(request::header);
    if (isEndpoint(uri)) {
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted while waiting for " + shown(uri), e);
    } catch (ConnectException e) {
      throw new UnreachableException(isUnresolved(e) ? "no such host" : "nobody answers there", e);
    } catch (SSLException e) {
      throw new UnreachableException("no secure connection: " + e.getMessage(), e);
    }
  }

  private static boolean isUnresolved(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private boolean isEndpoint(URI uri) {
    URI endpoint = settings.endpoint();
    return Objects.equals(uri.getScheme(), endpoint.getScheme())
        && String.valueOf(uri.getHost()).equalsIgnoreCase(endpoint.getHost())
        && uri.getPort() == endpoint.getPort();
  }

  private IOException refusal(URI uri, HttpResponse<InputStream> response) {
    int status = response.statusCode();
    String what = "%s: the hub answers %d".formatted(shown(uri), status);
    if (TRANSIENT.contains(status)) {
      return new TransientException(what, retryAfter(response));
    }
    return new HubException(
        switch (status) {
          case 401, 403 ->
              settings.token().isPresent()
                  ? what
                      + ": the token in HF_TOKEN may not read this model, or its terms are not accepted yet, or there is no such model"
                  : what
                      + ": no such model, or one that is not public; for that, set HF_TOKEN to a token that may read it";
          case 404 -> what + ": no such model, revision or file";
          default -> what + ", which was not expected";
        });
  }

  private static Optional<Duration> retryAfter(HttpResponse<InputStream> response) {
    Optional<String> value = response.headers().firstValue("retry-after").map(String::strip);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(value.get()))));
    } catch (NumberFormatException notSeconds) {
      try {
        Instant time =
            ZonedDateTime.parse(value.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        Duration wait = Duration.between(Instant.now(), time);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
      } catch (DateTimeException neither) {
        return Optional.empty();
      }
    }
  }

  /** An address as users may see it: what comes after the question mark may be a secret. */
  static String shown(URI uri) {
    String text = uri.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }
}
