/**
 * The Bookstore: a service behind an authentication gateway. It knows nothing of sign-in; it validates the access token
 * that arrives with a request, and nothing else.
 *
 * <pre>
 * request -&gt; received   noted down, refused or not
 *         -&gt; access     which token, and which scope, opens which path
 *         -&gt; books, page, received, echo
 *         -&gt; problem    how a failure is shown
 * </pre>
 *
 * <p>Every feature may use this package; {@code received} also uses {@code access}, and {@code echo} uses
 * {@code received}.
 */
@NullMarked
package io.gatehouse.bookstore;

import org.jspecify.annotations.NullMarked;
