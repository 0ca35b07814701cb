/** From an authorization request to an authorization response, with the interactions in between. */
@NullMarked
package io.gatehouse.emulator.authorize;

import org.jspecify.annotations.NullMarked;
