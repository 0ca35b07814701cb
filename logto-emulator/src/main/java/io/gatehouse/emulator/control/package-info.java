/** What a test may change while the emulator runs. */
@NullMarked
package io.gatehouse.emulator.control;

import org.jspecify.annotations.NullMarked;
