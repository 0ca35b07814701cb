/** What a person sees: pages that work with and without a token, and without the gateway. */
@NullMarked
package io.gatehouse.bookstore.page;

import org.jspecify.annotations.NullMarked;
