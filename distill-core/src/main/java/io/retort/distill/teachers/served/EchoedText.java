package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.inference.scoring.ContinuationScore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A text that a server echoed, token by token, without what it wrote behind it.
 *
 * @param tokens as they are shown, which need not be the text: many servers show a token without the blank before it
 * @param logProbabilities of each, in nats; NaN where the server has none, as for a first token
 * @param likeliest that of the likeliest token in each place; NaN where it was not told
 */
record EchoedText(List<String> tokens, double[] logProbabilities, double[] likeliest) {
    private static final String BYTES = "bytes:";

    EchoedText {
        tokens = List.copyOf(tokens);
    }

    /**
     * The answer to a text sent with {@code echo} and {@code max_tokens} of 1.
     *
     * @param answer with {@code usage}, and {@code choices} of one
     * @throws InvalidAnswerException if lists have not the same length or hold other things than numbers
     * @throws RefusedRequestException if it has no log-probabilities of the text
     */
    static EchoedText of(JsonNode answer) throws InvalidAnswerException, RefusedRequestException {
        JsonNode logprobs =
                Answers.list(answer.path("choices"), 1, "choices").path(0).path("logprobs");
        JsonNode tokens = logprobs.path("tokens");
        if (!tokens.isArray() || tokens.isEmpty()) {
            throw new RefusedRequestException(200, "no log-probabilities of the text in the answer");
        }
        int length = tokens.size();
        JsonNode actual = Answers.list(logprobs.path("token_logprobs"), length, "token_logprobs");
        JsonNode likely = Answers.list(logprobs.path("top_logprobs"), length, "top_logprobs");
        int read = read(answer, length);
        double[] logProbabilities = new double[read];
        double[] likeliest = new double[read];
        for (int i = 0; i < read; i++) {
            logProbabilities[i] = Answers.logarithm(actual.path(i), "token_logprobs");
            likeliest[i] = Double.NaN;
            for (JsonNode each : likely.path(i)) {
                double value = Answers.logarithm(each, "top_logprobs");
                likeliest[i] = Double.isNaN(likeliest[i]) ? value : Math.max(likeliest[i], value);
            }
        }
        List<String> shown = StreamSupport.stream(tokens.spliterator(), false)
                .limit(read)
                .map(JsonNode::asText)
                .toList();
        return new EchoedText(shown, logProbabilities, likeliest);
    }

    /** How many tokens are the text's: what the server counts, or all but the one that was asked for behind it. */
    private static int read(JsonNode answer, int length) throws InvalidAnswerException {
        int read = answer.path("usage").path("prompt_tokens").asInt(length - 1);
        if (read < 0 || read > length || length - read > 1) {
            throw new InvalidAnswerException(
                    "expected " + length + " tokens of the text, or one fewer, found a count of " + read);
        }
        return read;
    }

    /**
     * Where the first token begins that reaches behind so many bytes of the text; nothing where the tokens, as they are shown, do
     * not spell the text.
     */
    OptionalInt firstBehind(int bytes, byte[] text) {
        for (int leading = 0; leading <= Math.min(1, tokens.size()); leading++) {
            int at = 0;
            int first = -1;
            for (int i = leading; i < tokens.size(); i++) {
                byte[] token = bytes(tokens.get(i));
                int to = at + token.length;
                if (to > text.length || !Arrays.equals(text, at, to, token, 0, token.length)) {
                    at = -1;
                    break;
                }
                first = first < 0 && to > bytes ? i : first;
                at = to;
            }
            if (at == text.length) {
                return OptionalInt.of(first < 0 ? tokens.size() : first);
            }
        }
        return OptionalInt.empty();
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

    /** How many tokens at the beginning are those of another text. */
    int sharedWith(EchoedText other) {
        int shared = 0;
        while (shared < Math.min(tokens.size(), other.tokens.size())
                && tokens.get(shared).equals(other.tokens.get(shared))) {
            shared++;
        }
        return shared;
    }

    /** How many tokens stand before the text that are none of it: one without a figure that the text does not begin with. */
    int before(String text) {
        boolean own = Double.isNaN(logProbabilities[0])
                && (tokens.get(0).isEmpty()
                        || !text.stripLeading().startsWith(tokens.get(0).stripLeading()));
        return own ? 1 : 0;
    }

    /** The sum of the tokens from one on, and whether each was the likeliest. */
    ContinuationScore from(int first) throws RefusedRequestException {
        double sum = 0;
        boolean greedy = true;
        for (int i = first; i < tokens.size(); i++) {
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

    /** All log-probabilities that there are. */
    double[] told() {
        return IntStream.range(0, tokens.size())
                .mapToDouble(i -> logProbabilities[i])
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }
}
