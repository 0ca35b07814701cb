/** From a real browser through real processes to the upstream: what a person does, and what becomes of it. */
package io.gatehouse.gateway.journey;
