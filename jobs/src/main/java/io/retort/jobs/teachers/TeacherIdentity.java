package io.retort.jobs.teachers;

import java.io.Serializable;

/**
 * What a teacher is, known before it is loaded where its files say so.
 *
 * @param name what a person calls it
 * @param digest of all that its numbers depend on
 * @param tokenizerDigest of its tokenizer
 * @param contextTokens longest sequence it reads
 */
public record TeacherIdentity(String name, String digest, String tokenizerDigest, int contextTokens)
        implements Serializable {}
