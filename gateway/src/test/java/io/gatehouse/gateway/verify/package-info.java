/** What docs/verify tells upstreams to do, in the languages it tells it in. */
package io.gatehouse.gateway.verify;
