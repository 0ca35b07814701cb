/** The keys that sign, and how they rotate. */
@NullMarked
package io.gatehouse.emulator.keys;

import org.jspecify.annotations.NullMarked;
