/** How a failure is shown: one form for all. */
@NullMarked
package io.gatehouse.bookstore.problem;

import org.jspecify.annotations.NullMarked;
