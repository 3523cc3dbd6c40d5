package io.retort.datasets.bytes;

import io.retort.datasets.tokenizers.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A language model over a toy vocabulary whose next token depends on the two before it, and its exact byte marginals by
 * enumeration of all token sequences that spell a text.
 */
class ToyTeacher {
    private final Tokenizer tokenizer;
    private final long seed;
    private final double endProbability;
    private final double sharpness;
    private boolean lastByteOnly;

    ToyTeacher(Tokenizer tokenizer, long seed, double endProbability, double sharpness) {
        this.tokenizer = tokenizer;
        this.seed = seed;
        this.endProbability = endProbability;
        this.sharpness = sharpness;
    }

    /** The same teacher, made to forget all but the last byte of the text before. */
    ToyTeacher lookingAtLastByteOnly() {
        lastByteOnly = true;
        return this;
    }

    /** Probabilities of the next token, `[vocabulary]`: never the begin of text, which stands before the first token. */
    double[] next(List<Integer> before) {
        int last = before.isEmpty() ? tokenizer.bos() : before.get(before.size() - 1);
        int lastButOne = before.size() < 2 ? tokenizer.bos() : before.get(before.size() - 2);
        if (lastByteOnly && !before.isEmpty()) {
            byte[] bytes = tokenizer.bytesOf(last);
            last = bytes[bytes.length - 1];
            lastButOne = 0;
        }
        SplittableRandom main = new SplittableRandom(seed * 1_000_003 + last);
        SplittableRandom shade = new SplittableRandom(seed * 1_000_033 + last * 131L + lastButOne);
        double[] probabilities = new double[tokenizer.vocabularySize()];
        double sum = 0;
        for (int id = 0; id < tokenizer.bos(); id++) {
            probabilities[id] = Math.exp(sharpness * (main.nextDouble() * 2 - 1) + (shade.nextDouble() * 2 - 1));
            sum += probabilities[id];
        }
        for (int id = 0; id < tokenizer.bos(); id++) {
            probabilities[id] *= (1 - endProbability) / sum;
        }
        probabilities[tokenizer.eos()] = endProbability;
        return probabilities;
    }

    /** Tokens drawn from the model until the end of text, which is the last; at most {@code most} before it. */
    List<Integer> draw(SplittableRandom random, int most) {
        List<Integer> tokens = new ArrayList<>();
        while (true) {
            double left = random.nextDouble();
            double[] next = next(tokens);
            int id = 0;
            while (id < next.length - 1 && left >= next[id]) {
                left -= next[id++];
            }
            if (id == tokenizer.eos() || tokens.size() == most) {
                tokens.add(tokenizer.eos());
                return tokens;
            }
            tokens.add(id);
        }
    }

    /** The distribution of the symbol that follows a text, `[257]`, by enumeration. */
    double[] exactNext(byte[] text) {
        double[] masses = new double[257];
        enumerate(new ArrayList<>(), text, 0, 1, masses);
        double sum = Arrays.stream(masses).sum();
        for (int symbol = 0; symbol < masses.length; symbol++) {
            masses[symbol] /= sum;
        }
        return masses;
    }

    private void enumerate(List<Integer> before, byte[] text, int at, double probability, double[] masses) {
        double[] next = next(before);
        for (int id = 0; id < next.length; id++) {
            if (id == tokenizer.eos()) {
                masses[256] += at == text.length ? probability * next[id] : 0;
                continue;
            }
            byte[] bytes = tokenizer.bytesOf(id);
            int left = text.length - at;
            int common = Arrays.mismatch(bytes, 0, bytes.length, text, at, text.length);
            if (bytes.length > left && common == left) {
                masses[bytes[left]] += probability * next[id];
            } else if (bytes.length > 0 && bytes.length <= left && (common < 0 || common == bytes.length)) {
                before.add(id);
                enumerate(before, text, at + bytes.length, probability * next[id], masses);
                before.remove(before.size() - 1);
            }
        }
    }
}
