/** What Logto says has changed about accounts, and what that means for sessions and tokens here. */
@NullMarked
package io.gatehouse.gateway.webhook;

import org.jspecify.annotations.NullMarked;
