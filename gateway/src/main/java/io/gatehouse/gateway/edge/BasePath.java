package io.gatehouse.gateway.edge;

/**
 * The path under which everything is the gateway's own.
 *
 * @param value such as {@code /auth}; without trailing slash
 */
public record BasePath(String value) {

    public BasePath {
        if (!EndpointPaths.isPlain(value)) {
            throw new IllegalArgumentException("must be a plain path such as /auth");
        }
    }

    /** Whether a path is the gateway's own. */
    public boolean covers(String path) {
        return path.equals(value) || path.startsWith(value + "/");
    }

    /** The path as written in configuration; blanks around it are tolerated. */
    public static BasePath of(String configured) {
        return new BasePath(configured.strip());
    }
}
