/** What arrived here, so that a person or a test can see what a gateway really sent. Never a token. */
@NullMarked
package io.gatehouse.bookstore.received;

import org.jspecify.annotations.NullMarked;
