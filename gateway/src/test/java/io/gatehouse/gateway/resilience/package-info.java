/** What people notice of Redis when it is away, slow, or somewhere else: as little as possible. */
@NullMarked
package io.gatehouse.gateway.resilience;

import org.jspecify.annotations.NullMarked;
