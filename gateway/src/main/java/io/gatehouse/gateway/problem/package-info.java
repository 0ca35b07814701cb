/** What can go wrong, by name: the closed list every other package chooses from. */
@NullMarked
package io.gatehouse.gateway.problem;

import org.jspecify.annotations.NullMarked;
