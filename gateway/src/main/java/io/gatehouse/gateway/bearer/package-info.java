/** The tokens of API clients, which use a route without a browser and without a session. */
@NullMarked
package io.gatehouse.gateway.bearer;

import org.jspecify.annotations.NullMarked;
