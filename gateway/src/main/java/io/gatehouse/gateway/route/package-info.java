/** Which request goes to which upstream, and under what conditions. */
@NullMarked
package io.gatehouse.gateway.route;

import org.jspecify.annotations.NullMarked;
