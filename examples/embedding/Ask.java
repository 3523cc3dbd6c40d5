import io.retort.inference.Answer;
import io.retort.inference.Retort;
import io.retort.inference.Session;
import io.retort.inference.bundles.Trust;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.signing.Ed25519Check;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Asks a bundle one thing after the other, each with what was said before in view:
 *
 * <pre>java -cp retort-inference.jar Ask.java BUNDLE "2 + 2 =" "3 + 3 ="</pre>
 *
 * Experts that were trained on one question a text, as the quickstart's are, answer the first best.
 */
public final class Ask {
    private static final long MAX_MEMORY = 64L << 20;

    private Ask() {}

    public static void main(String[] words) {
        if (words.length < 2) {
            System.err.println("usage: Ask BUNDLE QUESTION...");
            System.exit(2);
        }
        Trust trust = Trust.anyone(Ed25519Check.INSTANCE);
        Retort retort = Retort.open(Path.of(words[0]), trust, BoundedMemory.of(MAX_MEMORY));
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(200));
        try (Session session = retort.session(line(words[1]))) {
            for (int i = 1; i < words.length; i++) {
                if (i > 1) {
                    session.read(line("\n" + words[i]));
                }
                Answer answer = session.generate(options, value -> {
                    System.out.write(value);
                    System.out.flush();
                    return true; // false would end the answer here
                });
                System.out.printf("%n[%s, %.0f%% sure]%n",
                        answer.routing().choices().get(0).expert(), 100 * answer.confidence());
            }
        }
    }

    /** Experts are trained on prompts that end with a newline. */
    private static byte[] line(String question) {
        return (question + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
