/** What may change while the gateway runs. */
@NullMarked
package io.gatehouse.gateway.live;

import org.jspecify.annotations.NullMarked;
