/** Which organization a request is for, and whether the person belongs to it. */
@NullMarked
package io.gatehouse.gateway.organization;

import org.jspecify.annotations.NullMarked;
