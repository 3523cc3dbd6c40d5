/** The runtime: opens a bundle of experts, routes a prompt to some of them and generates the answer that they agree on. */
@NullMarked
package io.retort.inference;

import org.jspecify.annotations.NullMarked;
