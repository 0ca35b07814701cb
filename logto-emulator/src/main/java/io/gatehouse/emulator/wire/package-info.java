/**
 * What every request to a Logto endpoint passes: it is counted, and it fails on purpose where a test asked for that.
 */
@NullMarked
package io.gatehouse.emulator.wire;

import org.jspecify.annotations.NullMarked;
