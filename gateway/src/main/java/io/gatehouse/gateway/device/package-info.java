/** Where else a person is signed in, and how they end that. */
@NullMarked
package io.gatehouse.gateway.device;

import org.jspecify.annotations.NullMarked;
