/**
 * HTTP/1.1 (RFC 9112) on blocking sockets, as much of it as a small server that strangers can reach needs: every size, time and
 * number is bounded, and no client can take the place of another by being slow. Why it is not the JDK's own server:
 * docs/adr/0015. Knows nothing of experts.
 */
@NullMarked
package io.retort.inference.http;

import org.jspecify.annotations.NullMarked;
