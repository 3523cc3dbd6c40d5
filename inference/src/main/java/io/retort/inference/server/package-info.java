/**
 * Serves an opened bundle over HTTP to what already speaks to OpenAI's API: completions with log-probabilities, chats, models,
 * and what an operator needs to see. What a client may take is bounded, see docs/server.md.
 */
@NullMarked
package io.retort.inference.server;

import org.jspecify.annotations.NullMarked;
