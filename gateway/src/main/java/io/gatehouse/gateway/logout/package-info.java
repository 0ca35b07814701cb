/** The ways a session ends before its time. */
@NullMarked
package io.gatehouse.gateway.logout;

import org.jspecify.annotations.NullMarked;
