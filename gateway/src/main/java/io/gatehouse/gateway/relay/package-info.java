/** What the upstream is told about the user, and nothing else. */
@NullMarked
package io.gatehouse.gateway.relay;

import org.jspecify.annotations.NullMarked;
