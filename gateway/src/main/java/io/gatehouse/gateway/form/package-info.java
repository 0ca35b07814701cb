/** Forms that were sent after their session had ended, kept until the same person has signed in again. */
@NullMarked
package io.gatehouse.gateway.form;

import org.jspecify.annotations.NullMarked;
