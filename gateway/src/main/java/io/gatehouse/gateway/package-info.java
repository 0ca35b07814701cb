/**
 * Gatehouse, an authentication gateway. A request passes the packages in this order:
 *
 * <pre>
 * browser -&gt; edge     correlation id, ambiguous requests refused                                        no I/O
 *         -&gt; route    Spring Cloud Gateway picks the route; the gateway's own endpoints come first      no I/O
 *         -&gt; session  cookie -&gt; near-cache -&gt; (miss) Redis                              0 or 1 Redis read
 *         -&gt; access   the route's rule                                                                  no I/O
 *         -&gt; traffic  the route's limits             no I/O; counting requests: one round trip to Redis
 *         -&gt; relay    a token while it is fresh; due: one refresh at a time for each session  no I/O, or the IdP
 *         -&gt; upstream streamed both ways
 * </pre>
 *
 * A package uses those named behind it and no others, as {@code ArchitectureTests} reads here and checks. This package
 * wires all of them.
 *
 * <pre>
 * problem:
 * live:
 * audit:
 * network:
 * policy:   network
 * route:    problem policy
 * edge:     problem network
 * page:     problem edge
 * provider: problem live
 * redis:    problem live
 * session:  problem live audit edge page redis
 * token:    problem live audit provider redis session
 * bearer:   problem route provider session
 * login:    problem audit route edge page provider redis session
 * logout:   problem audit route edge page provider redis session token
 * webhook:  problem audit edge page provider redis session
 * device:   problem audit edge page session
 * form:     problem route edge page redis session
 * organization: problem edge page route session token
 * cors:     route edge page
 * relay:    problem live route edge page organization session token bearer traffic
 * traffic:  problem live route edge session redis
 * access:   problem audit policy route edge organization session token bearer relay
 * verify:   problem network edge page route relay access
 * ops:      problem audit page provider redis session
 * </pre>
 */
@NullMarked
package io.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
