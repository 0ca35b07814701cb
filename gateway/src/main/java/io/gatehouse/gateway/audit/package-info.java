/** What happened to whom, in a form a machine can count. */
@NullMarked
package io.gatehouse.gateway.audit;

import org.jspecify.annotations.NullMarked;
