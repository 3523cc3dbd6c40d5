package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.nano.NanoModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutingObserverTest {
    private static NanoTeacher teacher;

    @BeforeAll
    static void load() {
        teacher = NanoTeacher.embedded();
    }

    @AfterAll
    static void close() {
        teacher.close();
    }

    static TokenisedDocument tokenised(String domain, String text) {
        return TokenisedDocument.of(Document.of(domain, "task", "", text, List.of()), teacher.tokenizer());
    }

    private static List<TokenisedDocument> documents() {
        List<TokenisedDocument> documents = new ArrayList<>();
        documents.add(tokenised("math", "12 + 30 = 42"));
        documents.add(tokenised("language", "The cat sat on the mat and looked at the moon."));
        documents.add(tokenised("math", "7 + 8 = 15"));
        return documents;
    }

    @Test
    void everyPositionChoosesAsOftenAsTheConfigSays() {
        for (DocumentRouting routing : new RoutingObserver(teacher.model()).observe(documents())) {
            assertThat(routing.firstLayer()).isEqualTo(1);
            for (int layer = 0; layer < routing.layers(); layer++) {
                long choices = 0;
                double weights = 0;
                for (int expert = 0; expert < routing.experts(); expert++) {
                    choices += routing.choices()[layer][expert];
                    weights += routing.weights()[layer][expert];
                }
                assertThat(choices).isEqualTo(2 * routing.tokens());
                // Normalised and scaled: each token's weights sum to routed_scaling_factor, 1.5.
                assertThat(weights).isCloseTo(1.5 * routing.tokens(), within(1e-3 * routing.tokens()));
            }
        }
    }

    /** Each document alone, unpadded, straight through the model. */
    @Test
    void aDocumentChoosesTheSameAloneAndAmongOthers() {
        NanoModel model = teacher.model();
        List<TokenisedDocument> documents = documents();
        List<DocumentRouting> together = new RoutingObserver(model).observe(documents);
        for (int i = 0; i < documents.size(); i++) {
            int[] ids = documents.get(i).ids();
            long[] inputs = new long[ids.length];
            inputs[0] = model.config().bos();
            for (int t = 1; t < ids.length; t++) {
                inputs[t] = ids[t - 1];
            }
            int[][] alone = new int[3][8];
            try (NDManager scope = NDManager.newBaseManager()) {
                model.hidden(scope.create(inputs, new Shape(1, inputs.length)), (layer, experts, weights) -> {
                    // Two choices a position; the first position is the beginning of sequence.
                    for (int choice = 2; choice < experts.length; choice++) {
                        alone[layer - 1][(int) experts[choice]]++;
                    }
                });
            }
            assertThat(together.get(i).choices()).isDeepEqualTo(alone);
            assertThat(together.get(i).documentId())
                    .isEqualTo(documents.get(i).document().id());
        }
    }

    @Test
    void aDocumentLongerThanTheContextCountsEveryPositionOnce() {
        TokenisedDocument document = tokenised("language", "The cat sat on the mat. ".repeat(400));
        assertThat(document.ids().length).isGreaterThan(teacher.contextTokens());

        DocumentRouting routing =
                new RoutingObserver(teacher.model()).observe(List.of(document)).get(0);

        assertThat(routing.allChoices()).isEqualTo(3 * 2 * (document.ids().length - 1L));
    }
}
