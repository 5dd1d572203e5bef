package dev.serenade.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Through which proxy to go, and to which hosts without.
 *
 * <p>{@code NO_PROXY} is a list with commas: {@code *}, or hosts, each of which means those below
 * it too, with or without a dot in front.
 */
final class ProxyRule extends ProxySelector {

  private static final int DEFAULT_PORT = 80;

  private final Optional<InetSocketAddress> proxy;
  private final List<String> direct;

  private ProxyRule(Optional<InetSocketAddress> proxy, List<String> direct) {
    this.proxy = proxy;
    this.direct = direct;
  }

  /**
   * Makes a rule.
   *
   * @param proxy as in {@code http://proxy.example:3128}, the scheme may be left out; empty for
   *     none
   * @param noProxy which hosts to reach without it
   * @throws IllegalArgumentException if that is no proxy over HTTP
   */
  static ProxyRule of(String proxy, String noProxy) {
    List<String> direct =
        List.of(noProxy.split(",", -1)).stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .map(host -> host.startsWith(".") ? host.substring(1) : host)
            .filter(host -> !host.isEmpty())
            .toList();
    return new ProxyRule(
        proxy.isBlank() ? Optional.empty() : Optional.of(address(proxy.strip())), direct);
  }

  private static InetSocketAddress address(String proxy) {
    URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "expected a proxy such as http://proxy.example:3128, found " + proxy);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "expected a proxy without a password, found one for " + uri.getHost());
    }
    return InetSocketAddress.createUnresolved(
        uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
  }

  @Override
  public List<Proxy> select(URI uri) {
    return proxy.isEmpty() || isDirect(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(Proxy.Type.HTTP, proxy.get()));
  }

  private boolean isDirect(String host) {
    return direct.stream()
        .anyMatch(rule -> rule.equals("*") || host.equals(rule) || host.endsWith("." + rule));
  }

  /** Returns the proxy, for messages. */
  Optional<String> describe() {
    return proxy.map(address -> address.getHostString() + ":" + address.getPort());
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // Whoever asked for the page is told.
  }
}
