package io.retort.distill.teachers.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Checker;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a trained teacher as a checkpoint directory and scores what was written: greedy answers to documents of the test
 * split, judged by each suite's own checker.
 */
final class TeacherExport {
    static final String SCORES_FILE = "scores.json";
    private static final Logger LOG = LoggerFactory.getLogger(TeacherExport.class);
    private static final int MOST_ANSWER_BYTES = 1024;

    private final TeacherRecipe recipe;
    private final TrainingTexts texts;
    private final Path directory;

    TeacherExport(TeacherRecipe recipe, TrainingTexts texts, Path directory) {
        this.recipe = recipe;
        this.texts = texts;
        this.directory = directory;
    }

    /** Writes config.json and model.safetensors beside the tokenizer, then scores.json. */
    void write(NanoCheckpoint checkpoint) throws IOException {
        DurableFile.write(directory.resolve(NanoCheckpoint.CONFIG_FILE), checkpoint.configFile());
        DurableFile.write(directory.resolve(NanoCheckpoint.WEIGHTS_FILE), checkpoint.weightsFile());
        ObjectNode root;
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            root = scores(recipe, texts, teacher);
        }
        DurableFile.write(
                directory.resolve(SCORES_FILE), (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        LOG.info("scores: {}", root);
    }

    /** What scores.json says of a teacher: its answers to the recipe's documents of the test split. */
    static ObjectNode scores(TeacherRecipe recipe, TrainingTexts texts, NanoTeacher teacher) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("name", recipe.name());
        root.put("digest", teacher.description().digest());
        root.put("parameters", teacher.description().parameters());
        root.put("activeParameters", teacher.description().activeParameters());
        root.put("split", "test");
        ObjectNode domains = root.putObject("domains");
        TeacherScoring scoring = new TeacherScoring(teacher);
        for (TeacherRecipe.Ingredient ingredient : recipe.mixture()) {
            score(recipe, texts, scoring, ingredient.domain(), domains.putObject(ingredient.domain()));
        }
        return root;
    }

    private static void score(
            TeacherRecipe recipe, TrainingTexts texts, TeacherScoring scoring, String domain, ObjectNode into) {
        DocumentStream stream = texts.stream(domain, Split.TEST, recipe.seed(), 0);
        int most = texts.size(domain, Split.TEST).orElse(Integer.MAX_VALUE);
        List<Document> documents = new ArrayList<>();
        while (documents.size() < Math.min(most, recipe.watch().testDocuments())) {
            documents.add(stream.next());
        }
        into.put("documents", documents.size());
        into.put("bitsPerByte", bitsPerByte(scoring, documents));
        List<Document> asked = documents.stream()
                .filter(document -> !document.prompt().isEmpty())
                .toList();
        Checker checker = texts.checker(domain);
        List<byte[]> prompts = asked.stream()
                .map(document -> document.prompt().getBytes(StandardCharsets.UTF_8))
                .toList();
        List<Generation> generations = scoring.generate(prompts, new GenerationLimits(MOST_ANSWER_BYTES));
        Tally all = new Tally();
        Map<String, Tally> tasks = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Document document = asked.get(i);
            Generation generation = generations.get(i);
            boolean correct = generation.stop() == StopReason.END_OF_TEXT
                    && checker.check(document, new String(generation.bytes(), StandardCharsets.UTF_8))
                            .correct();
            all.add(correct);
            tasks.computeIfAbsent(document.task(), task -> new Tally()).add(correct);
        }
        all.write(into);
        ObjectNode byTask = into.putObject("tasks");
        tasks.forEach((task, tally) -> tally.write(byTask.putObject(task)));
    }

    private static double bitsPerByte(TeacherScoring scoring, List<Document> documents) {
        List<ScoringRequest> requests = documents.stream()
                .map(document -> new ScoringRequest(
                        document.prompt().getBytes(StandardCharsets.UTF_8),
                        document.answer().getBytes(StandardCharsets.UTF_8),
                        Ending.END))
                .toList();
        double nats = -Arrays.stream(scoring.logLikelihoods(requests)).sum();
        long bytes = requests.stream()
                .mapToLong(request -> request.continuation().length)
                .sum();
        return Math.round(nats / Math.log(2) / bytes * 1e5) / 1e5;
    }

    private static final class Tally {
        private int asked;
        private int correct;

        void add(boolean right) {
            asked++;
            correct += right ? 1 : 0;
        }

        void write(ObjectNode into) {
            into.put("asked", asked).put("correct", correct);
            into.put("accuracy", Math.round(1e4 * correct / Math.max(1, asked)) / 1e4);
        }
    }
}
