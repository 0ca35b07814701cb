/** Redis as this gateway uses it: reached in every topology, never waited for long, and telling what has changed. */
@NullMarked
package io.gatehouse.gateway.redis;

import org.jspecify.annotations.NullMarked;
