/** Conversations that grow longer than what a model can read: what stays is kept in place, the newest turns follow, and what was left out is told. */
@NullMarked
package io.retort.inference.conversations;

import org.jspecify.annotations.NullMarked;
