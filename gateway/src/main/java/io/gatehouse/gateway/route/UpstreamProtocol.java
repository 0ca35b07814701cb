package io.gatehouse.gateway.route;

/** What an upstream speaks. */
public enum UpstreamProtocol {
    /** HTTP/1.1. */
    HTTP1,

    /** HTTP/2 without TLS, which the upstream is known to speak (RFC 9113, section 3.3). */
    H2C,

    /** HTTP/2 with TLS (RFC 9113, section 3.2). */
    H2
}
