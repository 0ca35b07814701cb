/** What Logto publishes about itself: its metadata and its keys. */
@NullMarked
package io.gatehouse.emulator.discovery;

import org.jspecify.annotations.NullMarked;
