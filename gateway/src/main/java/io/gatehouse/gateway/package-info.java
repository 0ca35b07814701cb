/**
 * Gatehouse, an authentication gateway. A request passes the packages in this order:
 *
 * <pre>
 * browser -&gt; edge     correlation id, ambiguous requests refused                                        no I/O
 *         -&gt; route    Spring Cloud Gateway picks the route; the gateway's own endpoints come first      no I/O
 *         -&gt; session  cookie -&gt; session                                                       one Redis read
 *         -&gt; access   the route's rule                                                                  no I/O
 *         -&gt; relay    a token while it is fresh; due: one refresh at a time for each session  no I/O, or the IdP
 *         -&gt; upstream streamed both ways
 * </pre>
 *
 * A package may use those to its left: {@code problem <- edge <- page; audit; route <- provider <- session <- token <-
 * {login, logout, relay}} and {@code session <- access}; {@code ops} looks at sessions; this package wires all of them.
 */
@NullMarked
package io.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
