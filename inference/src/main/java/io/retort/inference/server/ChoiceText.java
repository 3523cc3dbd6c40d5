package io.retort.inference.server;

import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.StopReason;
import io.retort.inference.server.AnswerTask.Ended;
import io.retort.inference.server.AnswerTask.Piece;
import io.retort.inference.server.AnswerTask.Told;
import io.retort.inference.server.AnswerTask.Written;
import io.retort.inference.server.CompletionRequest.Echo;
import io.retort.inference.server.CompletionRequest.Reporting;
import io.retort.inference.server.Prompt.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One answer as a client gets to read it: whole characters, and tokens where they are asked for. */
final class ChoiceText {
    private final Reporting reporting;
    private final Utf8Pieces pieces = new Utf8Pieces();
    private StringBuilder text = new StringBuilder();
    private List<Token> tokens = new ArrayList<>();
    private Optional<StopReason> stop = Optional.empty();
    private Optional<Routing> routing = Optional.empty();
    private int toldBytes;

    ChoiceText(Prompt prompt, Reporting reporting) {
        this.reporting = reporting;
        if (reporting.scoresPrompt()) {
            toldBytes = -prompt.bytes().length;
            if (prompt.start() == Start.MARKED) {
                tokens.add(new Token(Optional.empty(), 0));
            }
        } else if (reporting.echo() == Echo.PROMPT_TOO) {
            for (byte value : prompt.bytes()) {
                text.append(pieces.accept(value & 0xFF));
            }
            text.append(pieces.end());
        }
    }

    /**
     * A token.
     *
     * @param prediction empty for the start of the text, which nothing foretells
     * @param offset code points before the character that it belongs to
     */
    record Token(Optional<BytePrediction> prediction, int offset) {}

    void accept(Piece piece) {
        if (piece instanceof Told told) {
            accept(told.prediction());
        } else if (piece instanceof Written written) {
            byte[] bytes = written.bytes().toByteArray();
            for (byte value : bytes) {
                text.append(pieces.accept(value & 0xFF));
            }
            toldBytes += bytes.length;
        } else if (piece instanceof Ended ended) {
            text.append(pieces.end());
            stop = Optional.of(ended.stop());
            routing = Optional.of(ended.routing());
        }
    }

    private void accept(BytePrediction prediction) {
        int before = pieces.codePoints();
        if (!prediction.isEnd()) {
            text.append(pieces.accept(prediction.value()));
            toldBytes++;
        }
        // An ASCII byte is the last character that is known; other bytes belong to one that begins behind it.
        boolean ascii = prediction.value() < 0x80;
        tokens.add(new Token(Optional.of(prediction), ascii ? pieces.codePoints() - 1 : before));
    }

    /** Returns whether something was accepted that was not taken yet. */
    boolean hasNews() {
        return text.length() > 0 || !tokens.isEmpty();
    }

    /** Returns the text since the last call. */
    String takeText() {
        String taken = text.toString();
        text = new StringBuilder();
        return taken;
    }

    /** Returns the tokens since the last call. */
    List<Token> takeTokens() {
        List<Token> taken = tokens;
        tokens = new ArrayList<>();
        return taken;
    }

    /** Returns how many bytes the answer has so far. */
    int answerBytes() {
        return Math.max(0, toldBytes);
    }

    Optional<Routing> routing() {
        return routing;
    }

    /** Returns why the answer ended, as clients know it; empty before it has. */
    Optional<String> finishReason() {
        return stop.map(why -> switch (why) {
            case END_OF_TEXT, STOP_TEXT -> "stop";
            case BYTE_LIMIT, CONTEXT_LIMIT, CANCELLED -> "length";
        });
    }
}
