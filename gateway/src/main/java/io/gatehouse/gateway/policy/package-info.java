/** What has to hold of a request before it may use its route: conditions, and what they are judged by. */
@NullMarked
package io.gatehouse.gateway.policy;

import org.jspecify.annotations.NullMarked;
