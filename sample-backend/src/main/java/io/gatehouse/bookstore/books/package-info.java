/** The catalogue and its API: what the tokens are there to protect. */
@NullMarked
package io.gatehouse.bookstore.books;

import org.jspecify.annotations.NullMarked;
