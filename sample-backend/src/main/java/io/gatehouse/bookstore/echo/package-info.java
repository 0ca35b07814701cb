/** Answers that depend on nothing but the request, to try out what stands in front. */
@NullMarked
package io.gatehouse.bookstore.echo;

import org.jspecify.annotations.NullMarked;
