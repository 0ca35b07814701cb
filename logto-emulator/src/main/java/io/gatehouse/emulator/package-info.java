/** An OpenID provider that behaves on the wire like Logto, with an Okta-like provider behind it. */
@NullMarked
package io.gatehouse.emulator;

import org.jspecify.annotations.NullMarked;
