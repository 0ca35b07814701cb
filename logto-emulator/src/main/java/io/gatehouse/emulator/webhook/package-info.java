/** What Logto tells others about users, roles and organizations, signed. */
@NullMarked
package io.gatehouse.emulator.webhook;

import org.jspecify.annotations.NullMarked;
