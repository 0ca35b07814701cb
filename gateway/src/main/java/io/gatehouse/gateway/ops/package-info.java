/** Whether this gateway can do its work. */
@NullMarked
package io.gatehouse.gateway.ops;

import org.jspecify.annotations.NullMarked;
