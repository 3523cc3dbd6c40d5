package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.ArrayList;
import java.util.List;

/** What a server lists under {@code /v1/models}. */
final class ModelList {
    private ModelList() {}

    /**
     * The card of the model that is wanted, or of the only one.
     *
     * @throws UnsuitableTeacherException if there is no such model, or several and none is named
     */
    static JsonNode of(ServerConnection connection, String wanted)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        return of(connection, wanted, "retort.teacher.model");
    }

    /**
     * The same for a model that is named elsewhere.
     *
     * @param setting that names it
     */
    static JsonNode of(ServerConnection connection, String wanted, String setting)
            throws RefusedRequestException, FailedRequestException, InterruptedException {
        JsonNode cards = connection.get("/v1/models", ModelList::cards);
        List<String> names = new ArrayList<>();
        for (JsonNode card : cards) {
            String name = card.path("id").asText();
            names.add(name);
            if (!wanted.isEmpty() && ("/" + name).endsWith("/" + wanted)) {
                return card;
            }
        }
        if (wanted.isEmpty() && names.size() == 1) {
            return cards.path(0);
        }
        throw new UnsuitableTeacherException("expected the server at " + connection.where() + " to serve "
                + (wanted.isEmpty() ? "one model (" + setting + " names one of several)" : "\"" + wanted + "\"")
                + ", found " + names);
    }

    /**
     * The cards of an answer.
     *
     * @throws InvalidAnswerException if there is none: a server that runs has a model, so the answer lost it on the way
     */
    static JsonNode cards(JsonNode answer) throws InvalidAnswerException {
        JsonNode cards = answer.path("data");
        if (!cards.isArray() || cards.isEmpty()) {
            throw new InvalidAnswerException("expected models under data, found none");
        }
        return cards;
    }
}
