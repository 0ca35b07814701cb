/** What pages of other origins may do on a route. */
@NullMarked
package io.gatehouse.gateway.cors;

import org.jspecify.annotations.NullMarked;
