/** The little HTTP the emulator needs: blocking handlers on virtual threads behind one listener on loopback. */
@NullMarked
package io.gatehouse.emulator.http;

import org.jspecify.annotations.NullMarked;
