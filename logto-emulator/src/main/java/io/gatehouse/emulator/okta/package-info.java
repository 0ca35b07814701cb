/** The company's own identity provider behind Logto: a plain OpenID provider with its own users, keys and cookie. */
@NullMarked
package io.gatehouse.emulator.okta;

import org.jspecify.annotations.NullMarked;
