/** Who and what exists: users, roles, API resources, organizations, applications, enterprise connectors. */
@NullMarked
package io.gatehouse.emulator.directory;

import org.jspecify.annotations.NullMarked;
