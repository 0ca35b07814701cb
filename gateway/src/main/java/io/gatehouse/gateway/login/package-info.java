/** From a request without a session to a session: authorization request and response. */
@NullMarked
package io.gatehouse.gateway.login;

import org.jspecify.annotations.NullMarked;
