/** What happens to every request before anyone asks who sent it. */
@NullMarked
package io.gatehouse.gateway.edge;

import org.jspecify.annotations.NullMarked;
