/** The look of every page, and the forms that submit themselves. */
@NullMarked
package io.gatehouse.emulator.page;

import org.jspecify.annotations.NullMarked;
