package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.walk.SharedSpark;
import io.retort.jobs.walk.TinyTeacher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors that are quickly provoked: each prints one line, which docs/troubleshooting.md has. */
class TroubleshootingIT {
    @TempDir
    static Path directory;

    private static List<MessagePattern> page = List.of();

    @BeforeAll
    static void files() throws Exception {
        SharedSpark.session();
        page = Messages.of(Page.of("troubleshooting.md"));
        write("empty.jsonl", "");
        write("blank.jsonl", "{\"q\": \"a\", \"a\": \" \"}\n");
        write("good.jsonl", "{\"q\": \"one\", \"a\": \"two\"}\n");
        write("object.json", "{\"q\": \"one\"}");
        write("text.txt", "no Parquet\n");
        write("unknown.conf", "retort {\n  distil { alfa = 0.5 }\n}\n");
        write("scalar.conf", "retort { distil = 3 }\n");
        write("nosweep.conf", "retort { seed = 1 }\n");
        write("novariant.conf", "sweep { name = n, domains = [math], seeds = [1], baseline = b, variants {} }\n");
        write("good-gates.conf", "acc.math >= 0.5\n");
        write("token.txt", "a token with spaces\n");
        taskFiles();
        Path gpt = Files.createDirectory(directory.resolve("gpt"));
        Files.writeString(
                gpt.resolve("config.json"), "{\"model_type\": \"gpt2\", \"architectures\": [\"GPT2LMHeadModel\"]}");
        Path bare = Files.createDirectory(directory.resolve("bare"));
        Files.writeString(bare.resolve("config.json"), "not JSON");
        Files.createDirectory(directory.resolve("nobundle"));
        Files.createSymbolicLink(directory.resolve("tiny"), TinyTeacher.directory());
    }

    private static void write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
    }

    private static Arguments code2(String... words) {
        return Arguments.of(2, List.of(words));
    }

    /** A source of a domain of its own, and what else is set. */
    private static Arguments source(String source, String... more) {
        return Arguments.of(
                2,
                Stream.concat(
                                Stream.of(
                                        "prepare",
                                        "--set",
                                        "domains=[notes]",
                                        "--set",
                                        "domain.notes.sources=[{" + source + "}]"),
                                Stream.of(more).flatMap(setting -> Stream.of("--set", setting)))
                        .toList());
    }

    private static Arguments set(String command, String... settings) {
        return Arguments.of(
                2,
                Stream.concat(Stream.of(command), Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                        .toList());
    }

    static Stream<Arguments> usage() {
        return Stream.of(
                code2("prepare", "--nonsense"),
                code2("prepare", "nonsense"),
                code2("teach", "--set"),
                code2("verify-bundle"),
                code2("distil", "--clusters", "4", "--sweep", "x.conf"),
                code2("prepare", "--set", "seed"),
                code2("prepare", "--config", "@none.conf"),
                code2("prepare", "--config", "@unknown.conf"),
                code2("prepare", "--config", "@scalar.conf"),
                code2("prepare", "--workspace", "@text.txt"),
                code2("serve", "--bundle", "nowhere", "--json"),
                code2("serve", "--bundle", "@nobundle"),
                code2("infer", "--bundle", "@absent", "2 + 2 ="),
                code2("infer", "2 + 2 ="),
                code2("infer", "--bundle", "@nobundle", "a\uFFFDb"),
                code2("infer", "--bundle", "@nobundle", "--temperature", "-1", "a"),
                code2("infer", "--bundle", "@nobundle", "--top-k", "-1", "a"),
                code2("infer", "--bundle", "@nobundle", "--max-bytes", "many", "a"),
                code2("infer", "--bundle", "@nobundle", "--json-schema", "@absent", "a"),
                code2("verify-bundle", "@nobundle"),
                code2("bundle", "--sign-key", "@absent"),
                code2("distil", "--sweep", "@nosweep.conf"),
                code2("distil", "--sweep", "@novariant.conf"),
                code2("distil", "--clusters", "1"),
                code2("teacher", "train", "--corpus", "@absent", "--out", "@out"));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                set("prepare", "sed=1"),
                set("prepare", "domains=[]"),
                set("prepare", "domains=[math,math]"),
                set("prepare", "domains=[mth]"),
                set("prepare", "domains=[notes]", "domain.notes.parameters=100"),
                set("prepare", "domain.math.documents.test=0"),
                set("prepare", "domains=[math]", "domain.math.suite=coding"),
                set("prepare", "domains=[math]", "domain.math.sources=[{task = t, format = text, path = x}]"),
                set("prepare", "spark.slices=-1"),
                set("distil", "distil.alpha=much"),
                set("distil", "distil.alpha=2"),
                set("distil", "distil.divergence=other"),
                set("distil", "distil.rounds=-1"),
                set("distil", "distil.validate-every-steps=0"),
                set("distil", "domain-defaults.student.family=other"),
                set("distil", "domain.math.parameters=10"),
                set("distil", "domain.math.student.width=5"),
                set("distil", "domain.math.student.options={ other = 3 }"),
                set("teach", "teach.top-p=2"),
                set("teach", "teach.min-entries=400"),
                set("teach", "teach.shard-documents=0"),
                set("teach", "teach.quarantine-limit=2"),
                set("teach", "teach.zstd-level=40"),
                set("teach", "teach.splits=[]"),
                set("teach", "teach.storage=other"),
                set("align", "align.symbols=99"),
                set("evaluate", "evaluate.bootstrap-replicates=1"),
                set("evaluate", "evaluate.confidence-level=1"),
                set("evaluate", "evaluate.compare-stored=[bf16]"),
                set("bundle", "bundle.name=A B"),
                set("bundle", "bundle.version=one"),
                set("route", "route.temperature=0"),
                set("analyze", "analyze.documents=1"),
                set("analyze", "analyze.parts=[]"));
    }

    static Stream<Arguments> teachers() {
        return Stream.of(
                set("teach", "teacher.path=@absent"),
                set("teach", "teacher.path=@gpt"),
                set("teach", "teacher.path=@bare"),
                set("teach", "teacher.path=@tiny", "teacher.url=http://127.0.0.1:9"),
                set("teach", "teacher.url=no url"),
                set("teach", "teacher.url=ftp://127.0.0.1/"),
                set("teach", "teacher.url=http://user@127.0.0.1/"),
                set("teach", "teacher.url=http://127.0.0.1:9"),
                set("teach", "teacher.url=http://127.0.0.1:9", "teacher.tokenizer=@tiny", "teacher.in-flight=0"),
                set("teach", "teacher.url=http://127.0.0.1:9", "teacher.tokenizer=@tiny", "teacher.attempts=0"),
                set("teach", "teacher.reference=@tiny"),
                set(
                        "teach",
                        "teacher.url=http://127.0.0.1:9",
                        "teacher.tokenizer=@tiny",
                        "teacher.key-variable=RETORT_NO_SUCH_KEY"),
                Arguments.of(
                        3,
                        List.of(
                                "teach",
                                "--set",
                                "teacher.url=http://127.0.0.1:9",
                                "--set",
                                "teacher.tokenizer=@tiny",
                                "--set",
                                "teacher.attempts=1")),
                set("teach", "teacher.path=@tiny"),
                set("align", "teacher.path=@tiny"),
                set("distil", "teacher.path=@tiny"),
                set("route", "teacher.path=@tiny"),
                set("evaluate", "teacher.path=@tiny"),
                set("bundle", "teacher.path=@tiny"));
    }

    static Stream<Arguments> registry() {
        return Stream.of(
                code2("gate", "--gates", "@absent", "--candidate", "@nobundle"),
                code2("gate", "--gates", "@empty.jsonl", "--candidate", "@nobundle"),
                code2("gate", "--gates", "@good-gates.conf", "--candidate", "@nobundle"),
                code2("promote"),
                code2("rollback"),
                code2("publish", "--replay"));
    }

    static Stream<Arguments> data() {
        return Stream.of(
                source("task = t, format = text, path = \"@none.txt\""),
                source("task = t, format = text, path = x, promt = y"),
                source("task = t, format = other, path = x"),
                source("task = t, format = jsonl, path = \"@good.jsonl\""),
                source("task = t, format = jsonl, answer = \"{a}\", path = \"@empty.jsonl\""),
                source("task = t, format = jsonl, answer = \"{a}\", path = \"@blank.jsonl\""),
                source("task = t, format = jsonl, answer = \"{b}\", path = \"@good.jsonl\""),
                source("task = t, format = jsonl, answer = \"{a\", path = \"@good.jsonl\""),
                source("task = t, format = jsonl, prompt = \"{q}\", answer = \"{a}\", path = \"@good.jsonl\""),
                source("task = t, format = jsonl, answer = \"{a}\", answer-pattern = \"(\", path = \"@good.jsonl\""),
                source("task = t, format = jsonl, answer = \"{#a}{.}{/a}\", path = \"@good.jsonl\""),
                source("task = t, format = json, answer = \"{a}\", path = \"@object.json\""),
                source("task = t, format = parquet, answer = \"{a}\", path = \"@text.txt\""),
                source("task = t, format = text, cut = sentence, path = \"@text.txt\""),
                source("task = t, format = text, cut { bytes = 1 }, path = \"@text.txt\""),
                source("task = t, format = text, split { validation = 0.5, test = 0.5 }, path = \"@text.txt\""),
                source("task = t, format = jsonl, prompt = \"{q}\\n\", answer = \"{a}\", path = \"@good.jsonl\""));
    }

    private static void task(String name, String data, String more) throws Exception {
        write(
                name,
                "task: " + name.replace(".yaml", "")
                        + "\ndataset_path: json\ndataset_kwargs:\n  data_files:\n    test: " + data
                        + "\ntest_split: test\noutput_type: generate_until\n" + more);
    }

    private static void taskFiles() throws Exception {
        String good = directory.resolve("good.jsonl").toString();
        String plain = "doc_to_text: \"{{q}}\"\ndoc_to_target: \"{{a}}\"\nmetric_list:\n  - metric: exact_match\n";
        task("good-task.yaml", good, plain);
        task("key.yaml", good, plain + "process_docs: utils\n");
        task("twice.yaml", good, plain + "doc_to_text: q\n");
        task("anchor.yaml", good, plain.replace("\"{{q}}\"", "&a \"{{q}}\""));
        task("metric.yaml", good, plain.replace("exact_match", "bleu"));
        task("statement.yaml", good, plain.replace("{{q}}", "{% if q %}"));
        task("filter.yaml", good, plain.replace("{{q}}", "{{q|nosuch}}"));
        task("field.yaml", good, plain.replace("{{q}}", "{{other}}"));
        task("pattern.yaml", directory.resolve("*.jsonl").toString(), plain);
        task("absent.yaml", directory.resolve("absent.jsonl").toString(), plain);
        task("no-documents.yaml", directory.resolve("empty.jsonl").toString(), plain);
        task("no-json.yaml", directory.resolve("text.txt").toString(), plain);
        write("hub.yaml", "task: hub\ndataset_path: gsm8k\n");
        write("no-yaml.yaml", "task: [\n");
    }

    static Stream<Arguments> tasks() {
        return Stream.concat(
                Stream.of(
                        code2("evaluate", "--limit", "3"),
                        code2("evaluate", "--tasks", "@good-task.yaml", "--model", "m"),
                        code2("evaluate", "--tasks", "@good-task.yaml", "--teacher", "--bundle", "@nobundle"),
                        code2("evaluate", "--tasks", "@nobundle"),
                        code2("evaluate", "--tasks", "@absent")),
                Stream.of(
                                "key",
                                "twice",
                                "anchor",
                                "metric",
                                "statement",
                                "filter",
                                "field",
                                "pattern",
                                "absent",
                                "no-documents",
                                "no-json",
                                "hub",
                                "no-yaml")
                        // Some are only found when the documents are read.
                        .map(name -> code2(
                                "evaluate",
                                "--tasks",
                                "@" + name + ".yaml",
                                "--teacher",
                                "--set",
                                "teacher.path=@tiny")));
    }

    @ParameterizedTest
    @MethodSource({"usage", "settings", "teachers", "data", "registry", "tasks"})
    void thePageHasWhatIsPrinted(int code, List<String> words, @TempDir Path workspace) {
        List<String> placed =
                words.stream().map(word -> word.replace("@", directory + "/")).toList();
        boolean choosesWorkspace = placed.contains("--workspace")
                || placed.get(0).equals("verify-bundle")
                || placed.get(0).equals("teacher");
        CommandLineRun run = CommandLineRun.of(Stream.concat(
                        placed.stream(),
                        choosesWorkspace ? Stream.empty() : Stream.of("--set", "workspace=" + workspace))
                .toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isEqualTo(code);
        List<String> said = run.err()
                .lines()
                .filter(line -> line.matches("retort(-inference)?: .*"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
        assertThat(said).as(run.err()).hasSize(1);
        assertThat(page).as("an entry for: " + said.get(0)).anyMatch(message -> message.is(said.get(0)));
    }
}
