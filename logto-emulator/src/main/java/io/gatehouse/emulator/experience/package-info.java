/** The pages a person signs in with, and the way through an enterprise connector. */
@NullMarked
package io.gatehouse.emulator.experience;

import org.jspecify.annotations.NullMarked;
