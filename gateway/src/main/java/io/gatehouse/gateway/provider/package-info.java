/** The IdP as it describes itself: metadata, keys, and the rules an ID token has to meet. */
@NullMarked
package io.gatehouse.gateway.provider;

import org.jspecify.annotations.NullMarked;
