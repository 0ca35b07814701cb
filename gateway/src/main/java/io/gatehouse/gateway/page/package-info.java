/** The gateway's own answers: its few pages, its JSON, its redirects, its problems, and the headers they all carry. */
@NullMarked
package io.gatehouse.gateway.page;

import org.jspecify.annotations.NullMarked;
