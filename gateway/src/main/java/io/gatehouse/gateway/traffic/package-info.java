/** What protects upstreams, and this gateway, from more than they can take. */
@NullMarked
package io.gatehouse.gateway.traffic;

import org.jspecify.annotations.NullMarked;
