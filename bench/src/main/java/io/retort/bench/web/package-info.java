/** What answers cost in browsers and Node, as a ratio to the JVM on the same bundle in the same run. */
@NullMarked
package io.retort.bench.web;

import org.jspecify.annotations.NullMarked;
