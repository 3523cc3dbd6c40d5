package io.retort.distill.teachers;

import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A teacher as evaluation sees it. Context and continuation are tokenised apart, as documents are. A text longer than the
 * teacher's context is scored in windows, each token once and with at least half a window of tokens before it. Bytes that
 * are no UTF-8 are read as replacement characters. A text that the teacher refuses is a {@link RefusedTextException} of the
 * whole call. Safe for use by several threads, as the teacher is.
 */
public final class TeacherScoring implements ScoringModel {
    private final GenerativeTeacher teacher;

    /** An adapter that closes the teacher when it is closed. */
    public TeacherScoring(GenerativeTeacher teacher) {
        this.teacher = teacher;
    }

    @Override
    public String name() {
        return teacher.description().name();
    }

    /** A stretch of a request's tokens, of which those from {@code scoredFrom} on count. */
    private record Window(int request, int[] ids, int scoredFrom) {}

    @Override
    public double[] logLikelihoods(List<ScoringRequest> requests) {
        List<Window> windows = windows(requests);
        Summation sums = new Summation(windows, new double[requests.size()]);
        score(windows, sums);
        return sums.sums();
    }

    /** The same, and whether each token of a continuation, an end included, was the likeliest; one for each request. */
    public List<ContinuationScore> scores(List<ScoringRequest> requests) {
        List<Window> windows = windows(requests);
        Summation sums = new Summation(windows, new double[requests.size()]);
        boolean[] surprised = new boolean[requests.size()];
        score(windows, new Surprises(sums, surprised));
        return IntStream.range(0, requests.size())
                .mapToObj(i -> new ContinuationScore(sums.sums()[i], !surprised[i]))
                .toList();
    }

    private List<Window> windows(List<ScoringRequest> requests) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            addWindows(i, requests.get(i), windows);
        }
        return windows;
    }

    private void score(List<Window> windows, LogProbabilityVisitor visitor) {
        teacher.score(windows.stream().map(Window::ids).toList(), visitor);
    }

    /** Adds up the actual tokens' log-probabilities by request. */
    private record Summation(List<Window> windows, double[] sums) implements LogProbabilityVisitor {
        @Override
        public void accept(int sequence, int position, float[] logProbabilities) {
            add(sequence, position, actual(sequence, position, logProbabilities));
        }

        @Override
        public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
            add(sequence, position, tokens.actual());
        }

        @Override
        public void refused(int sequence, String words) {
            throw new RefusedTextException(words);
        }

        float actual(int sequence, int position, float[] logProbabilities) {
            return logProbabilities[windows.get(sequence).ids()[position]];
        }

        boolean counts(int sequence, int position) {
            return position >= windows.get(sequence).scoredFrom();
        }

        private void add(int sequence, int position, float logProbability) {
            if (counts(sequence, position)) {
                sums[windows.get(sequence).request()] += logProbability;
            }
        }
    }

    /**
     * Looks besides whether there was a likelier token, which takes a look at all of them.
     *
     * @param surprised by request, whether a token was not the likeliest
     */
    private record Surprises(Summation sums, boolean[] surprised) implements LogProbabilityVisitor {
        @Override
        public void accept(int sequence, int position, float[] logProbabilities) {
            sums.accept(sequence, position, logProbabilities);
            look(sequence, position, sums.actual(sequence, position, logProbabilities), logProbabilities);
        }

        @Override
        public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
            sums.acceptMostLikely(sequence, position, tokens);
            look(sequence, position, tokens.actual(), tokens.logProbabilities());
        }

        @Override
        public void refused(int sequence, String words) {
            sums.refused(sequence, words);
        }

        private void look(int sequence, int position, float logProbability, float[] likely) {
            int request = sums.windows().get(sequence).request();
            for (int i = 0; sums.counts(sequence, position) && !surprised[request] && i < likely.length; i++) {
                surprised[request] = likely[i] > logProbability;
            }
        }
    }

    private void addWindows(int index, ScoringRequest request, List<Window> windows) {
        int[] context = encode(request.context());
        int[] continuation = context.length == 0
                ? encode(request.continuation())
                : teacher.tokenizer().encodeContinuation(text(request.continuation()));
        int end = request.ending() == Ending.END ? 1 : 0;
        int[] all = Arrays.copyOf(context, context.length + continuation.length + end);
        System.arraycopy(continuation, 0, all, context.length, continuation.length);
        if (end == 1) {
            all[all.length - 1] = teacher.tokenizer().eos();
        }
        int width = teacher.contextTokens();
        int scored = context.length;
        while (scored < all.length) {
            int from = Math.max(0, Math.min(scored - width / 2, all.length - width));
            int to = Math.min(all.length, from + width);
            windows.add(new Window(index, Arrays.copyOfRange(all, from, to), scored - from));
            scored = to;
        }
    }

    @Override
    public List<Generation> generate(List<byte[]> prompts, GenerationLimits limits) {
        return teacher.generate(prompts.stream().map(this::encode).toList(), limits);
    }

    private int[] encode(byte[] text) {
        return teacher.tokenizer().encode(text(text));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        teacher.close();
    }
}
