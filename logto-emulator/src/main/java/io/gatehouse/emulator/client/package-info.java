/** Which application is calling, proven by its secret. */
@NullMarked
package io.gatehouse.emulator.client;

import org.jspecify.annotations.NullMarked;
