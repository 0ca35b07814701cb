/** How Logto words a refusal. */
@NullMarked
package io.gatehouse.emulator.problem;

import org.jspecify.annotations.NullMarked;
