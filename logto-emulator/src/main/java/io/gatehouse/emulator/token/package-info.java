/** Tokens: how they are exchanged, refreshed, described, revoked. */
@NullMarked
package io.gatehouse.emulator.token;

import org.jspecify.annotations.NullMarked;
