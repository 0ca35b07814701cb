package io.gatehouse.gateway.redis;

import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where Redis is: one server, the Sentinels that know it, or some nodes of a Cluster. Holds passwords, and never prints
 * them.
 *
 * @param nodes one for a server or a group of Sentinels; at least one for a Cluster
 */
public record RedisUrl(List<RedisURI> nodes) {

    private static final String EXPECTED = "must be redis://[[user:]password@]host[:port][/database],"
            + " redis-sentinel://[[user:]password@]host[:port][,host...][/database]?sentinelMasterId=name,"
            + " or redis://[[user:]password@]host[:port][,host...] for a Cluster; rediss and rediss-sentinel are TLS";

    private static final Pattern SINGLE = Pattern.compile("rediss?://[^,]+");
    private static final Pattern SENTINEL = Pattern.compile("rediss?-sentinel://.+[?&]sentinelMasterId=.+");
    private static final Pattern SEVERAL = Pattern.compile("rediss?://[^/?]+,[^/?]+");

    public RedisUrl {
        nodes = List.copyOf(nodes);
        nodes.forEach(node -> node.setCredentialsProvider(new LiveCredentials(node.getCredentialsProvider())));
    }

    /**
     * Reads a URL from configuration.
     *
     * @throws IllegalArgumentException with a message that says what is expected and repeats nothing
     */
    public static RedisUrl of(String text) {
        String url = text.strip();
        try {
            if (SINGLE.matcher(url).matches() || SENTINEL.matcher(url).matches()) {
                return new RedisUrl(List.of(RedisURI.create(url)));
            }
            if (SEVERAL.matcher(url).matches()) {
                return new RedisUrl(RedisClusterURIUtil.toRedisURIs(URI.create(url)));
            }
        } catch (IllegalArgumentException malformed) {
            // Lettuce's own message repeats the text it cannot read, and with it the password.
            throw new IllegalArgumentException(EXPECTED);
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    /** Whether the other one leads to the same servers, so that only user and password can be different. */
    public boolean isSamePlaceAs(RedisUrl other) {
        return places(nodes).equals(places(other.nodes));
    }

    private static List<String> places(List<RedisURI> nodes) {
        return nodes.stream().map(RedisUrl::place).toList();
    }

    private static String place(RedisURI node) {
        String sentinels = node.getSentinels().stream().map(RedisUrl::place).collect(Collectors.joining(","));
        return String.join(
                " ",
                String.valueOf(node.getHost()),
                String.valueOf(node.getPort()),
                String.valueOf(node.getDatabase()),
                String.valueOf(node.getSentinelMasterId()),
                String.valueOf(node.isSsl()),
                sentinels);
    }

    /** Connections introduce themselves as the other one says from now on. It has to lead to the same place. */
    public void replaceCredentialsWith(RedisUrl other) {
        RedisCredentialsProvider current = other.first().getCredentialsProvider();
        nodes.forEach(node -> ((LiveCredentials) node.getCredentialsProvider()).replaceWith(current));
    }

    RedisURI first() {
        return nodes.getFirst();
    }

    boolean isSentinel() {
        return !first().getSentinels().isEmpty();
    }

    boolean isTls() {
        return first().isSsl();
    }

    /** Hosts and ports alone. */
    @Override
    public String toString() {
        List<RedisURI> addresses = isSentinel() ? first().getSentinels() : nodes;
        return addresses.stream()
                .map(node -> node.getHost() + ":" + node.getPort())
                .collect(Collectors.joining(","));
    }
}
