package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes something of a server's answer, or says what is wrong with it. */
@FunctionalInterface
interface AnswerReader<T> {
    /**
     * Reads an answer.
     *
     * @throws InvalidAnswerException if the answer is not what was asked for: another may be
     * @throws RefusedRequestException if the answer says that there will be no other
     */
    T read(JsonNode answer) throws InvalidAnswerException, RefusedRequestException;
}
