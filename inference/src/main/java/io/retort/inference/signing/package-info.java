/** Ed25519 by the JDK: who signed a bundle is checked, and bundles are signed, without a dependency. Not for browsers. */
@NullMarked
package io.retort.inference.signing;

import org.jspecify.annotations.NullMarked;
