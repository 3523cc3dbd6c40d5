package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.distill.teachers.TeacherDescription;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;

/**
 * A teacher behind HTTP. Texts are tokenised on this side and sent as ids. All threads of the process share its bound on
 * requests at once. A sequence that the server will not score is handed on as refused, with its words; a server that is
 * away is waited for, then reported; a server whose model changed is refused. A thread that is interrupted stops at once.
 *
 * <p>Where the server gives as many entries as the vocabulary has ids, distributions are whole; otherwise visitors get the
 * most likely tokens.
 */
public final class ServedTeacher implements GenerativeTeacher {
    private final Tokenizer tokenizer;
    private final TeacherProbe probe;
    private final TeacherDescription description;
    private final SequenceRequests requests;

    private ServedTeacher(Tokenizer tokenizer, TeacherProbe probe, SequenceRequests requests) {
        this.tokenizer = tokenizer;
        this.probe = probe;
        this.requests = requests;
        this.description = probe.description(tokenizer.digest());
    }

    /**
     * Asks a server what it is.
     *
     * @param tokenizer the model's own
     * @throws UnsuitableTeacherException when it is not what the settings want, or no teacher at all
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public static ServedTeacher open(ServedSettings settings, Tokenizer tokenizer) {
        return open(settings, tokenizer, Optional.empty());
    }

    /**
     * Opens a server that was probed before, and makes sure that the same model answers.
     *
     * @param tokenizer the model's own
     * @throws UnsuitableTeacherException when another model answers
     * @throws java.io.UncheckedIOException with a {@link TeacherUnavailableException} when it does not answer
     */
    public static ServedTeacher open(ServedSettings settings, Tokenizer tokenizer, TeacherProbe expected) {
        return open(settings, tokenizer, Optional.of(expected));
    }

    private static ServedTeacher open(ServedSettings settings, Tokenizer tokenizer, Optional<TeacherProbe> expected) {
        ServerConnection connection = ServerConnection.to(settings.url(), settings.traffic());
        Admission admission = new Admission(settings, tokenizer, connection);
        try {
            ServerProtocol protocol = expected.isPresent()
                    ? ServerProtocol.of(expected.get().facts().protocol(), tokenizer)
                    : admission.protocol();
            TeacherProbe probe;
            if (expected.isPresent()) {
                probe = expected.get();
                admission.requireSame(protocol, probe);
            } else {
                probe = admission.probe(protocol);
            }
            int inFlight = Math.min(settings.traffic().inFlight(), protocol.mostInFlight());
            return new ServedTeacher(
                    tokenizer,
                    probe,
                    new SequenceRequests(connection, protocol, () -> admission.requireSame(protocol, probe), inFlight));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static CompletionException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CompletionException("interrupted while waiting for the teacher's server", e);
    }

    static Prompt prompt(Tokenizer tokenizer, int[] ids, int entries, String model) {
        int[] all = new int[ids.length + 1];
        all[0] = tokenizer.bos();
        System.arraycopy(ids, 0, all, 1, ids.length);
        return new Prompt(all, tokenizer.vocabularySize(), entries, model);
    }

    /** What the server was found to be. */
    public TeacherProbe probe() {
        return probe;
    }

    @Override
    public TeacherDescription description() {
        return description;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public int contextTokens() {
        return probe.facts().contextTokens();
    }

    @Override
    public OptionalInt mostEntries() {
        return whole() ? OptionalInt.empty() : OptionalInt.of(probe.entries());
    }

    private boolean whole() {
        return probe.entries() == tokenizer.vocabularySize();
    }

    @Override
    public void score(List<int[]> sequences, LogProbabilityVisitor visitor) {
        for (int i = 0; i < sequences.size(); i++) {
            if (sequences.get(i).length > contextTokens()) {
                throw new IllegalArgumentException("sequence " + i + ": expected at most " + contextTokens()
                        + " tokens, found " + sequences.get(i).length);
            }
        }
        List<Prompt> prompts = prompts(sequences);
        float[] distribution = new float[whole() ? tokenizer.vocabularySize() : 0];
        requests.scores(prompts, (sequence, outcome) -> {
            if (outcome.scores().isEmpty()) {
                visitor.refused(sequence, outcome.refusal());
                return;
            }
            var positions = outcome.scores().get().positions();
            for (int position = 0; position < positions.size(); position++) {
                var tokens = positions.get(position);
                if (!whole()) {
                    visitor.acceptMostLikely(sequence, position, tokens);
                    continue;
                }
                for (int i = 0; i < distribution.length; i++) {
                    distribution[tokens.ids()[i]] = tokens.logProbabilities()[i];
                }
                visitor.accept(sequence, position, distribution);
            }
        });
    }

    private List<Prompt> prompts(List<int[]> sequences) {
        for (int i = 0; i < sequences.size(); i++) {
            for (int id : sequences.get(i)) {
                if (id < 0 || id >= tokenizer.vocabularySize()) {
                    throw new IllegalArgumentException("sequence " + i + ": expected ids of 0 to "
                            + (tokenizer.vocabularySize() - 1) + ", found " + id);
                }
            }
        }
        String model = probe.facts().model();
        return sequences.stream()
                .map(ids -> prompt(tokenizer, ids, probe.entries(), model))
                .toList();
    }

    @Override
    public List<Generation> generate(List<int[]> prompts, GenerationLimits limits) {
        return new ServedGeneration(this, requests).generate(prompts(prompts), limits);
    }

    @Override
    public List<DrawnText> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        GenerativeTeacher.requireSeeds(prompts, seeds);
        return new ServedGeneration(this, requests).sample(prompts(prompts), seeds, sampling, limits);
    }

    @Override
    public void close() {
        requests.close();
    }
}
