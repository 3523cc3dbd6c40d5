package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.inference.scoring.ContinuationScore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that a server echoed, token by token.
 *
 * @param starts where each token begins, in bytes of UTF-8; those of what was written behind the text begin at its end or after
 * @param logProbabilities of each, in nats; NaN where the server has none, as for a first token
 * @param likeliest that of the likeliest token in each place; NaN where it was not told
 */
record EchoedText(int[] starts, double[] logProbabilities, double[] likeliest) {
    private static final String BYTES = "bytes:";
    /** A token before the text, such as {@code <s>}, that a server puts there by itself. */
    private static final int MOST_LEADING = 1;

    /**
     * The answer to a text sent with {@code echo}.
     *
     * @throws InvalidAnswerException if lists have not the same length or hold other things than numbers
     * @throws RefusedRequestException if it has no log-probabilities of the text, or none that can be told to belong to it
     */
    static EchoedText of(JsonNode logprobs, String sent) throws InvalidAnswerException, RefusedRequestException {
        JsonNode tokens = logprobs.path("tokens");
        if (!tokens.isArray() || tokens.isEmpty()) {
            throw new RefusedRequestException(200, "no log-probabilities of the text in the answer");
        }
        int length = tokens.size();
        JsonNode actual = Answers.list(logprobs.path("token_logprobs"), length, "token_logprobs");
        JsonNode likely = Answers.list(logprobs.path("top_logprobs"), length, "top_logprobs");
        double[] logProbabilities = new double[length];
        double[] likeliest = new double[length];
        for (int i = 0; i < length; i++) {
            logProbabilities[i] = Answers.logarithm(actual.path(i), "token_logprobs");
            likeliest[i] = Double.NaN;
            for (JsonNode each : likely.path(i)) {
                double value = Answers.logarithm(each, "top_logprobs");
                likeliest[i] = Double.isNaN(likeliest[i]) ? value : Math.max(likeliest[i], value);
            }
        }
        return new EchoedText(starts(logprobs, sent), logProbabilities, likeliest);
    }

    private static int[] starts(JsonNode logprobs, String sent) throws RefusedRequestException {
        byte[] text = sent.getBytes(StandardCharsets.UTF_8);
        byte[][] tokens = new byte[logprobs.path("tokens").size()][];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = bytes(logprobs.path("tokens").path(i).asText());
        }
        for (int leading = 0; leading <= MOST_LEADING; leading++) {
            int[] starts = spelt(tokens, text, leading);
            if (starts.length > 0) {
                return starts;
            }
        }
        int[] starts = offsets(logprobs.path("text_offset"), sent, tokens.length);
        if (starts.length > 0) {
            return starts;
        }
        throw new RefusedRequestException(200, "tokens that do not spell the text, nor offsets that lead through it");
    }

    /** OpenAI's name for a token that is no text: {@code bytes:\xc3\xa9}. */
    private static byte[] bytes(String token) {
        String digits = token.startsWith(BYTES) ? token.substring(BYTES.length()) : "";
        if (!digits.matches("(\\\\x[0-9a-fA-F]{2})+")) {
            return token.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[digits.length() / 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(4 * i + 2, 4 * i + 4), 16);
        }
        return bytes;
    }

    /** Where tokens begin that spell the text behind so many leading ones; nothing where they do not. */
    private static int[] spelt(byte[][] tokens, byte[] text, int leading) {
        int[] starts = new int[tokens.length];
        int at = 0;
        for (int i = 0; i < tokens.length; i++) {
            starts[i] = i < leading ? -1 : at;
            if (i >= leading && at < text.length) {
                int to = at + tokens[i].length;
                if (to > text.length || !Arrays.equals(text, at, to, tokens[i], 0, tokens[i].length)) {
                    return new int[0];
                }
            }
            at += i < leading ? 0 : tokens[i].length;
        }
        return at < text.length ? new int[0] : starts;
    }

    /** The same by {@code text_offset}, in characters, where tokens are pieces of characters that cannot be spelt. */
    private static int[] offsets(JsonNode offsets, String sent, int length) {
        int characters = sent.codePointCount(0, sent.length());
        if (offsets.size() != length) {
            return new int[0];
        }
        int[] starts = new int[length];
        boolean ends = false;
        for (int i = 0; i < length; i++) {
            int offset = offsets.path(i).asInt(-1);
            if (offset < 0 || i > 0 && offset < offsets.path(i - 1).asInt()) {
                return new int[0];
            }
            ends |= offset == characters;
            int whole = sent.offsetByCodePoints(0, Math.min(offset, characters));
            starts[i] =
                    sent.substring(0, whole).getBytes(StandardCharsets.UTF_8).length + Math.max(0, offset - characters);
        }
        return ends ? starts : new int[0];
    }

    /** What became of the bytes from one place to another; a token that lies across the first counts, as it tells what follows. */
    ContinuationScore between(int from, int to) throws RefusedRequestException {
        double sum = 0;
        boolean greedy = true;
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : Integer.MAX_VALUE;
            boolean within = starts[i] >= from || end > from;
            if (starts[i] < 0 || starts[i] >= to || !within) {
                continue;
            }
            if (Double.isNaN(logProbabilities[i])) {
                throw new RefusedRequestException(
                        200,
                        "no log-probability of the first token: a text without a context needs a server that begins"
                                + " texts with a token of its own");
            }
            sum += logProbabilities[i];
            greedy &= logProbabilities[i] >= likeliest[i];
        }
        return new ContinuationScore(sum, greedy);
    }
}
