/**
 * Which experts are in memory: those that are read with, those that were read with lately, compressed ones for the next time, and
 * all others where the bundle has them. The bound is kept before anything is allocated: experts, texts, and the file that an expert
 * is decoded from, with what becomes of it where it is compressed. Not counted are one matrix and the description of the file, some tens
 * of kilobytes while an expert is decoded.
 *
 * <p>Who finds no room waits in a bounded order and for a bounded time: {@link io.retort.inference.memory.ExpertMemory}.
 */
@NullMarked
package io.retort.inference.memory;

import org.jspecify.annotations.NullMarked;
