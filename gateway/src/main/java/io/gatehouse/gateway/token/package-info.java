/** The tokens a session holds, and keeping its access tokens usable. */
@NullMarked
package io.gatehouse.gateway.token;

import org.jspecify.annotations.NullMarked;
