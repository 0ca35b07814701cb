/** Decides for other proxies: may this request pass, and who sent it? */
@NullMarked
package io.gatehouse.gateway.verify;

import org.jspecify.annotations.NullMarked;
