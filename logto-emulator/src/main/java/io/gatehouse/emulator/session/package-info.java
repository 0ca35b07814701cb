/** What outlives a request: browser sessions, grants, codes and tokens, and how long each lives. */
@NullMarked
package io.gatehouse.emulator.session;

import org.jspecify.annotations.NullMarked;
