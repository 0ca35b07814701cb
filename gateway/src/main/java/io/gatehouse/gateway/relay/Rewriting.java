package io.gatehouse.gateway.relay;

import java.net.URI;

/**
 * What becomes of a request whoever sends it.
 *
 * @param uri the path and query the upstream gets
 * @param headers those it gets besides what the browser has sent
 */
record Rewriting(URI uri, Credentials headers) {}
