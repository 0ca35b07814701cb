/** What operators see of this gateway: whether it can do its work, and who is signed in. */
@NullMarked
package io.gatehouse.gateway.ops;

import org.jspecify.annotations.NullMarked;
