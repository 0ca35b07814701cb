/** Addresses and ranges of the Internet Protocol. */
@NullMarked
package io.gatehouse.gateway.network;

import org.jspecify.annotations.NullMarked;
