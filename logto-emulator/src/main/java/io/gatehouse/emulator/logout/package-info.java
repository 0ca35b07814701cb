/** How a browser session ends, and who is told. */
@NullMarked
package io.gatehouse.emulator.logout;

import org.jspecify.annotations.NullMarked;
