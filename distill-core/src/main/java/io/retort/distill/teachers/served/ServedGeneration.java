package io.retort.distill.teachers.served;

import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Texts that a server writes: continued there, cut to whole tokens here, then scored like any other text. */
final class ServedGeneration {
    private final ServedTeacher teacher;
    private final SequenceRequests requests;

    ServedGeneration(ServedTeacher teacher, SequenceRequests requests) {
        this.teacher = teacher;
        this.requests = requests;
    }

    /** A text as written: its tokens after the prompt's, end of text included, its bytes and why it ended, or a refusal. */
    private record Written(int[] all, int prompt, byte[] bytes, StopReason stop, String refusal) {
        static Written refused(Written start, String words) {
            return new Written(start.all(), start.prompt(), new byte[0], start.stop(), words);
        }
    }

    /** As {@link io.retort.distill.teachers.GenerativeTeacher#generate}. */
    List<Generation> generate(List<Prompt> prompts, GenerationLimits limits) {
        Written[] written = written(prompts, new long[prompts.size()], Sampling.GREEDY, limits);
        for (Written text : written) {
            if (!text.refusal().isEmpty()) {
                throw new RefusedTextException(text.refusal());
            }
        }
        return scored(written);
    }

    /** As {@link io.retort.distill.teachers.GenerativeTeacher#sample}: nothing is scored. */
    List<DrawnText> sample(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        return Arrays.stream(written(prompts, seeds, sampling, limits))
                .map(text -> text.refusal().isEmpty() ? DrawnText.of(text.bytes(), text.stop()) : DrawnText.REFUSED)
                .toList();
    }

    private Written[] written(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        Written[] written = new Written[prompts.size()];
        List<Prompt> open = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        List<Integer> index = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            int room = room(prompts.get(i));
            if (room > 0) {
                open.add(prompts.get(i));
                // A token of text has a byte at least, so one more than there may be bytes is enough to see the end.
                wishes.add(new Wish(Math.min(room, limits.maxBytes() + 1), sampling, seeds[i]));
                index.add(i);
            }
            int[] ids =
                    Arrays.copyOfRange(prompts.get(i).ids(), 1, prompts.get(i).ids().length);
            written[i] = new Written(ids, ids.length, new byte[0], StopReason.CONTEXT_LIMIT, "");
        }
        requests.continuations(open, wishes, (i, continued) -> {
            Written start = written[index.get(i)];
            written[index.get(i)] = continued
                    .text()
                    .map(text -> cut(start, text, limits))
                    .orElseGet(() -> Written.refused(start, continued.refusal()));
        });
        return written;
    }

    private int room(Prompt prompt) {
        return teacher.contextTokens() - prompt.positions();
    }

    private Written cut(Written start, ServerProtocol.Continuation continuation, GenerationLimits limits) {
        Tokenizer tokenizer = teacher.tokenizer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] all = Arrays.copyOf(start.all(), start.prompt() + continuation.ids().length + 1);
        int length = start.prompt();
        for (int id : continuation.ids()) {
            if (id == tokenizer.eos()) {
                all[length++] = id;
                return new Written(
                        Arrays.copyOf(all, length), start.prompt(), bytes.toByteArray(), StopReason.END_OF_TEXT, "");
            }
            byte[] text = tokenizer.bytesOf(id);
            if (bytes.size() + text.length > limits.maxBytes()) {
                return new Written(
                        Arrays.copyOf(all, length), start.prompt(), bytes.toByteArray(), StopReason.BYTE_LIMIT, "");
            }
            bytes.writeBytes(text);
            all[length++] = id;
        }
        StopReason stop = StopReason.CONTEXT_LIMIT;
        if (continuation.ended() && length < teacher.contextTokens()) {
            all[length++] = tokenizer.eos(); // some servers keep it to themselves
            stop = StopReason.END_OF_TEXT;
        } else if (continuation.ids().length > limits.maxBytes()) {
            stop = StopReason.BYTE_LIMIT;
        }
        return new Written(Arrays.copyOf(all, length), start.prompt(), bytes.toByteArray(), stop, "");
    }

    private List<Generation> scored(Written[] written) {
        double[] sums = new double[written.length];
        int[] begun = IntStream.range(0, written.length)
                .filter(i -> written[i].all().length > written[i].prompt())
                .toArray();
        List<int[]> texts = Arrays.stream(begun).mapToObj(i -> written[i].all()).toList();
        teacher.score(texts, new LogProbabilityVisitor() {
            @Override
            public void accept(int sequence, int position, float[] logProbabilities) {
                add(sequence, position, logProbabilities[texts.get(sequence)[position]]);
            }

            @Override
            public void acceptMostLikely(int sequence, int position, LikelyTokens tokens) {
                add(sequence, position, tokens.actual());
            }

            @Override
            public void refused(int sequence, String words) {
                throw new RefusedTextException(words);
            }

            private void add(int sequence, int position, float logProbability) {
                if (position >= written[begun[sequence]].prompt()) {
                    sums[begun[sequence]] += logProbability;
                }
            }
        });
        List<Generation> generations = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            generations.add(new Generation(written[i].bytes(), written[i].stop(), sums[i]));
        }
        return generations;
    }
}
