package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileWriter;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.BytePairTrainer;
import io.retort.datasets.tokenizers.PiecePatterns;
import io.retort.distill.teachers.NanoTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuedTeacherTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DOMAIN = "colours";
    private static final TrainingListener SILENT = progress -> {};

    @TempDir
    Path directory;

    /** What a small recipe and a new teacher have, without what the teacher brings along. */
    private static ContinuedRecipe recipe(int steps, String domain) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(SmallRecipes.json(steps));
        json.remove(List.of("model", "tokenizer", "initialisation"));
        ((ObjectNode) json.at("/mixture/0")).put("domain", domain);
        ((ObjectNode) json.get("watch")).put("validateEvery", 3);
        return ContinuedRecipe.parse(json.toString());
    }

    private Path base() throws Exception {
        Path base = directory.resolve("base");
        new TeacherTrainer(TeacherRecipe.parse(SmallRecipes.json(10)), base, SILENT).run();
        return base;
    }

    /** A corpus of one domain that no suite has. */
    private CorpusTexts corpus() throws IOException {
        Storage storage = Storage.local();
        Location corpus = Location.of(directory.resolve("corpus").toString());
        List<CorpusFile> files = new ArrayList<>();
        List<TaskCount> counts = new ArrayList<>();
        for (Split split : Split.values()) {
            try (DocumentFileWriter writer = new DocumentFileWriter(storage, corpus, DOMAIN, split, 0)) {
                int written = 0;
                for (int i = 0; written < (split == Split.TRAIN ? 40 : 8); i++) {
                    Document document =
                            Document.of(DOMAIN, "sky", "What colour has number " + i + "?\n", "It is blue.", List.of());
                    if (document.split() == split) {
                        writer.write(document);
                        written++;
                    }
                }
                files.add(writer.finish());
                counts.add(new TaskCount(DOMAIN, split, "sky", written, 1, 1));
            }
        }
        new CorpusManifest(
                        CorpusManifest.FORMAT_VERSION,
                        "0123456789abcdef",
                        List.of(),
                        counts,
                        files,
                        new TreeMap<>(),
                        List.of())
                .write(storage, corpus);
        return CorpusTexts.read(storage, corpus);
    }

    private static List<Double> heldBackLosses(Path run) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("training-log.jsonl"))) {
            JsonNode node = MAPPER.readTree(line);
            if (node.get("event").asText().equals("validate")) {
                losses.add(node.at("/" + DOMAIN + "/natsPerToken").asDouble());
            }
        }
        return losses;
    }

    @Test
    void aTeacherThatIsTrainedFurtherKeepsItsTokenizerAndLosesLessOnHeldBackDocuments() throws Exception {
        Path base = base();
        Path run = directory.resolve("run");
        CorpusTexts texts = corpus();
        TeacherTrainer.continuing(BaseTeacher.load(base), recipe(30, DOMAIN), texts, run, SILENT)
                .run();
        List<Double> losses = heldBackLosses(run);
        assertThat(losses.get(losses.size() - 1)).isLessThan(0.5 * losses.get(0));
        assertThat(BytePairTokenizer.load(run).tiktokenFile())
                .isEqualTo(BytePairTokenizer.load(base).tiktokenFile());
        try (NanoTeacher before = NanoTeacher.load(base);
                NanoTeacher after = NanoTeacher.load(run)) {
            assertThat(after.model().config()).isEqualTo(before.model().config());
            assertThat(after.description().digest())
                    .isNotEqualTo(before.description().digest());
        }
        assertThat(MAPPER.readTree(run.resolve("scores.json").toFile())
                        .at("/domains/colours/documents")
                        .asInt())
                .isEqualTo(5);
        assertThat(BaseTeacher.load(run).checkpoint().tensors().keySet())
                .isEqualTo(BaseTeacher.load(base).checkpoint().tensors().keySet());

        assertThatThrownBy(
                        () -> TeacherTrainer.continuing(BaseTeacher.load(run), recipe(30, DOMAIN), texts, run, SILENT)
                                .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("origin.json", "another directory");
        assertThatThrownBy(() -> TeacherTrainer.continuing(
                                BaseTeacher.load(base), recipe(5, "sounds"), texts, directory.resolve("other"), SILENT)
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("colours", "sounds");
    }

    @Test
    void aTokenizerOrAShapeOfAnotherModelIsRefusedInOneLine() throws Exception {
        Path base = base();
        BytePairTrainer other = new BytePairTrainer(300, PiecePatterns.RETORT);
        for (int i = 0; i < 300; i++) {
            other.add("some other text, number " + i * 7919);
        }
        Path foreign = copy(base, "foreign");
        TokenizerFiles.write(other.train(), foreign);
        assertThatThrownBy(() -> BaseTeacher.load(foreign))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll("foreign", "expected a tokenizer of")
                .hasMessageNotContaining("\n");
        Path narrow = copy(base, "narrow");
        Path config = narrow.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replaceAll("\"hidden_size\"\\s*:\\s*32", "\"hidden_size\": 16"));
        assertThatThrownBy(() -> BaseTeacher.load(narrow))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll("narrow", "expected shape")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> ContinuedRecipe.parse(SmallRecipes.json(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model");
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectories(directory.resolve(name));
        for (String file : List.of("config.json", "model.safetensors", "tiktoken.model", "tokenizer_config.json")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
        return to;
    }
}
