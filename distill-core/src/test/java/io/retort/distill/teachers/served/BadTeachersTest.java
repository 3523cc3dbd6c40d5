package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.QuarantineReason;
import io.retort.datasets.logits.RowOutcome;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that are not the teacher that is wanted are refused by name before work starts, or as soon as they change. */
final class BadTeachersTest {
    private static final SyntheticModel MODEL = new SyntheticModel(7, ByteIds.PLAIN);

    private SyntheticVllm vllm;
    private LocalServer server;

    @BeforeEach
    void start() {
        vllm = new SyntheticVllm(MODEL);
        server = new LocalServer(vllm);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ServedSettings settings(URI url, String model, int entries, String keyVariable) {
        Traffic traffic = new Traffic(2, 3, Duration.ofSeconds(10), Duration.ofMillis(1), keyVariable);
        return new ServedSettings(url, ProtocolChoice.AUTO, model, entries, 0, traffic);
    }

    private ServedTeacher open() {
        return ServedTeacher.open(settings(server.url(), "", 64, ""), ByteIds.PLAIN);
    }

    @Test
    void aServerOfAnotherModelIsRefused() {
        assertThatThrownBy(() -> ServedTeacher.open(settings(server.url(), "kimi-k2", 64, ""), ByteIds.PLAIN))
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessageContaining("to serve \"kimi-k2\", found [synthetic]");
    }

    @Test
    void aServerThatAnswersAsAnotherModelIsRefused() {
        vllm.answersAs = "synthetic-mini";

        assertThatThrownBy(this::open)
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessage("expected the model \"synthetic\" to answer, found \"synthetic-mini\"");
    }

    @Test
    void moreEntriesThanTheServerGivesAreRefusedWithItsWords() {
        vllm.mostEntries = 20;

        assertThatThrownBy(this::open)
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessageContaining("to give 64 entries of each distribution (retort.teacher.entries)")
                .hasMessageContaining("greater than max allowed: 20");
    }

    @Test
    void aSelectionThatStoresMoreThanTheServerIsAskedForIsRefused() {
        try (ServedTeacher teacher = ServedTeacher.open(settings(server.url(), "", 20, ""), ByteIds.PLAIN)) {
            teacher.requireEntriesFor(EntrySelection.fixed(20));
            assertThatThrownBy(() -> teacher.requireEntriesFor(new EntrySelection.MostLikely(0.995, 4, 64)))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessage("expected a teacher that gives 64 entries of a distribution, as"
                            + " \"most-likely 0.995 4 64\" may store, found synthetic, which gives 20");
            assertThatThrownBy(() -> teacher.requireEntriesFor(new EntrySelection.Sampled(10, 1)))
                    .hasMessageContaining("expected a teacher of whole distributions");
        }
    }

    @Test
    void aModelThatLacksTheTokenizersIdsIsRefused() {
        assertThatThrownBy(() -> ServedTeacher.open(settings(server.url(), "", 64, ""), new ByteIds(300)))
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessageContaining("to know the tokenizer's last id 299")
                .hasMessageContaining("Token id 299 is out of vocabulary");
    }

    @Test
    void aModelOfMoreIdsThanTheTokenizerIsRefusedWhenOneIsSeen() {
        vllm.model = new SyntheticModel(7, new ByteIds(300));

        assertThatThrownBy(this::open)
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessageContaining("expected ids below the tokenizer's 258, found ");
    }

    @Test
    void aModelWithoutNumbersIsRefused() {
        vllm.numbers = false;

        assertThatThrownBy(this::open)
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessageContaining("numbers that are none (NaN or infinite) at position 0 of a plain text");
    }

    @Test
    void anotherModelUnderTheSameNameIsRefusedByWhoeverKnowsTheFirst() {
        try (ServedTeacher first = open()) {
            vllm.model = new SyntheticModel(8, ByteIds.PLAIN);

            assertThatThrownBy(
                            () -> ServedTeacher.open(settings(server.url(), "", 64, ""), ByteIds.PLAIN, first.probe()))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("another model answers");
            try (ServedTeacher second = open()) {
                assertThat(second.description().digest())
                        .isNotEqualTo(first.description().digest());
            }
            vllm.model = MODEL;
            try (ServedTeacher same = open()) {
                assertThat(same.description()).isEqualTo(first.description());
            }
        }
    }

    @Test
    void anotherModelAfterAnOutageIsRefusedBeforeItsFirstAnswerIsUsed() {
        List<int[]> texts = List.of(ids("fine"));
        ShardDigest work = new ShardDigest(LogitSettings.defaults(), texts);
        try (ServedTeacher teacher = open()) {
            assertThat(work.rows(teacher).get(0)).isInstanceOf(RowOutcome.Scored.class);
            vllm.away = true;
            for (int task = 0; task < 3; task++) {
                assertThatThrownBy(() -> work.rows(teacher))
                        .rootCause()
                        .isInstanceOf(TeacherUnavailableException.class)
                        .hasMessageContaining("status 503: starting up");
            }
            vllm.model = new SyntheticModel(8, ByteIds.PLAIN);
            vllm.away = false;

            assertThatThrownBy(() -> work.rows(teacher))
                    .isInstanceOf(UnsuitableTeacherException.class)
                    .hasMessageContaining("another model answers");
        }
    }

    @Test
    void aTextThatTheServerRefusesGoesToQuarantineWithItsWords() {
        List<int[]> texts = List.of(ids("fine"), ids("un^welcome"), ids("poi~son"), ids("good"));
        try (ServedTeacher teacher = open()) {
            List<RowOutcome> rows = new ShardDigest(LogitSettings.defaults(), texts).rows(teacher);

            assertThat(rows.get(0)).isInstanceOf(RowOutcome.Scored.class);
            assertThat(rows.get(3)).isInstanceOf(RowOutcome.Scored.class);
            var unwelcome = ((RowOutcome.Quarantined) rows.get(1)).row();
            assertThat(unwelcome.reason()).isEqualTo(QuarantineReason.TEACHER_REFUSED);
            assertThat(unwelcome.detail()).isEqualTo("status 400: this text is not welcome here");
            var poison = ((RowOutcome.Quarantined) rows.get(2)).row();
            assertThat(poison.reason()).isEqualTo(QuarantineReason.TEACHER_REFUSED);
            assertThat(poison.detail()).isEqualTo("after 3 attempts: status 500: EngineCore encountered an issue");
        }
    }

    @Test
    void aPromptThatTheServerRefusesIsRefusedToTheAskerAlone() {
        try (ServedTeacher teacher = open()) {
            TeacherScoring scoring = new TeacherScoring(teacher);
            GenerationLimits limits = new GenerationLimits(4);
            byte[] unwelcome = "un^welcome".getBytes(StandardCharsets.UTF_8);

            assertThatThrownBy(() -> scoring.generate(List.of(unwelcome), limits))
                    .isInstanceOf(RefusedTextException.class)
                    .hasMessage("status 400: this text is not welcome here");
            assertThatThrownBy(() ->
                            scoring.logLikelihoods(List.of(new ScoringRequest(new byte[0], unwelcome, Ending.END))))
                    .isInstanceOf(RefusedTextException.class)
                    .hasMessage("status 400: this text is not welcome here");
        }
    }

    @Test
    void rowsOfEntriesAreThoseOfTheWholeDistributions() {
        List<int[]> texts = List.of(ids("once upon a time"), ids("{\"a\": 1}"));
        ShardDigest work = new ShardDigest(LogitSettings.defaults(), texts);
        try (ServedTeacher teacher = open()) {
            List<RowOutcome> served = work.rows(teacher);
            List<RowOutcome> whole = work.rows(MODEL);

            for (int i = 0; i < texts.size(); i++) {
                var one = ((RowOutcome.Scored) served.get(i)).row();
                var other = ((RowOutcome.Scored) whole.get(i)).row();
                assertThat(one.logProbabilities()).isEqualTo(other.logProbabilities());
                assertThat(one.entries().counts()).isEqualTo(other.entries().counts());
                assertThat(one.entries().ids()).isEqualTo(other.entries().ids());
                assertThat(one.entries().codes()).isEqualTo(other.entries().codes());
            }
        }
    }

    private static int[] ids(String text) {
        return ByteIds.PLAIN.encode(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
