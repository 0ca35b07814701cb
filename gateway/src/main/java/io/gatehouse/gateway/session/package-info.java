/** The browser session: its cookie, its lifetime and its place in Redis. */
@NullMarked
package io.gatehouse.gateway.session;

import org.jspecify.annotations.NullMarked;
