/** Which access token, and which of its scopes, opens which path. */
@NullMarked
package io.gatehouse.bookstore.access;

import org.jspecify.annotations.NullMarked;
