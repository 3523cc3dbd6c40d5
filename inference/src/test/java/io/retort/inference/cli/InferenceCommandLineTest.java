package io.retort.inference.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.Retort;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceCommandLineTest {
    @TempDir
    Path temporary = Path.of("");

    private String bundle = "";
    private byte[] input = new byte[0];
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeBundle() throws IOException {
        Path directory = TinyBundle.write(TinyBundle.files(List.of("math", "coding")), temporary.resolve("bundle"));
        bundle = directory.toString();
    }

    private int run(String... words) {
        return run(out, words);
    }

    private int run(OutputStream stream, String... words) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new InferenceCommandLine(new ByteArrayInputStream(input), stream, errors).run(words);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void assertRefused(int code, String... words) {
        assertThat(code).isEqualTo(2);
        assertThat(errors()).startsWith("retort-inference: ").contains(words).doesNotContain("Exception", "\tat ");
        assertThat(errors().lines()).hasSize(1);
        assertThat(out.size()).isZero();
    }

    private byte[] expected(String prompt, int maxBytes) {
        return Retort.open(Path.of(bundle))
                .generate(prompt.getBytes(StandardCharsets.UTF_8), new GenerationLimits(maxBytes))
                .generation()
                .bytes();
    }

    @Test
    void anAnswerGoesToStandardOutputAndItsExpertsToStandardError() {
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "20", "2+2="))
                .isZero();
        assertThat(out.toByteArray()).isEqualTo(expected("2+2=\n", 20)).isNotEmpty();
        assertThat(errors()).contains("expert", "weight", "math", "coding", "confidence 0.");
    }

    @Test
    void aLongPromptIsRefusedOrSlidesAsIsChosen() {
        input = ("Tom\n".repeat(30_000)).getBytes(StandardCharsets.US_ASCII);
        assertRefused(run("infer", "--bundle", bundle, "-"), "36864 bytes");
        err.reset();
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "8", "--max-symbols", "200000", "-"))
                .isZero();
        assertThat(errors()).doesNotContain("dropped");
        out.reset();
        String[] sliding = {"infer", "--bundle", bundle, "--max-bytes", "8", "--long-prompt", "slide", "-"};
        assertThat(run(sliding)).isZero();
        // 36,864 symbols less the start and three for each byte of the answer.
        assertThat(errors()).contains("the first " + (120_000 - 36_839) + " of the prompt's 120000 bytes were dropped");
        assertThat(out.toByteArray()).isEqualTo(expected("Tom\n".repeat(30_000).substring(120_000 - 36_839), 8));
    }

    @Test
    void aFormatOfMemoryIsChosenByName() {
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "8", "--memory-format", "int16", "2+2="))
                .isZero();
        out.reset();
        err.reset();
        assertRefused(
                run("infer", "--bundle", bundle, "--memory-format", "f64", "2+2="), "of f32, int16, int8, found f64");
    }

    @Test
    void behindTwoHyphensAPromptMayLookLikeAnOption() {
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "20", "--", "--json"))
                .isZero();
        assertThat(out.toByteArray()).isEqualTo(expected("--json\n", 20));
    }

    @Test
    void aSeedDrawsTheSameAnswerAndAStopEndsIt() {
        String[] drawn = {"infer", "--bundle", bundle, "--max-bytes", "30", "--temperature", "1", "--seed", "4", "2+2="
        };
        assertThat(run(drawn)).isZero();
        byte[] first = out.toByteArray();
        out.reset();
        assertThat(run(drawn)).isZero();
        assertThat(out.toByteArray()).isEqualTo(first).isNotEqualTo(expected("2+2=\n", 30));
        out.reset();
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "30", "--temperature", "1", "--top-k", "1", "2+2="))
                .isZero();
        assertThat(out.toByteArray()).isEqualTo(expected("2+2=\n", 30));
        out.reset();
        String greedy = new String(expected("2+2=\n", 30), StandardCharsets.ISO_8859_1);
        String stop = greedy.codePoints()
                .filter(c -> c > ' ' && c < 127)
                .limit(1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "30", "--stop", stop, "2+2="))
                .isZero();
        assertThat(out.toByteArray())
                .isEqualTo(greedy.substring(0, greedy.indexOf(stop)).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(errors()).contains("stopped at a text to stop at");
    }

    @Test
    void refusesSamplingThatCannotBe() {
        assertRefused(
                run("infer", "--bundle", bundle, "--temperature", "-1", "x"), "expected a temperature of 0 to 100");
        err.reset();
        assertRefused(run("infer", "--bundle", bundle, "--top-p", "much", "x"), "expected a number behind --top-p");
        err.reset();
        assertRefused(run("infer", "--bundle", bundle, "--top-p", "0", "x"), "expected a top-p above 0");
    }

    @Test
    void aPromptThatEndsWithANewlineGetsNoOther() {
        run("infer", "--bundle=" + bundle, "--max-bytes=20", "2+2=\n");
        assertThat(out.toByteArray()).isEqualTo(expected("2+2=\n", 20));
    }

    @Test
    void aHyphenReadsThePromptFromStandardInput() {
        input = "Größe?".getBytes(StandardCharsets.UTF_8);
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "20", "-")).isZero();
        assertThat(out.toByteArray()).isEqualTo(expected("Größe?\n", 20));
    }

    @Test
    void bytesAreFlushedOneByOne() {
        List<Integer> sizesAtFlush = new ArrayList<>();
        OutputStream watched = new OutputStream() {
            private int written;

            @Override
            public void write(int value) {
                written++;
            }

            @Override
            public void flush() {
                sizesAtFlush.add(written);
            }
        };
        assertThat(run(watched, "infer", "--bundle", bundle, "--max-bytes", "5", "x"))
                .isZero();
        assertThat(sizesAtFlush).startsWith(1, 2, 3);
    }

    @Test
    void jsonHasTheAnswerAndItsExperts() {
        assertThat(run("infer", "--json", "--bundle", bundle, "--max-bytes", "20", "2+2="))
                .isZero();
        JsonObject json = (JsonObject) JsonParser.parse(out.toByteArray());
        String text = new String(expected("2+2=\n", 20), StandardCharsets.ISO_8859_1);
        JsonValue answer = json.members().containsKey("text") ? json.member("text") : json.member("hex");
        assertThat(((JsonString) answer).value()).hasSizeGreaterThanOrEqualTo(text.length());
        assertThat(json.members()).containsKeys("stop", "logLikelihood", "confidence", "experts", "bundle");
        assertThat(errors()).isEmpty();
    }

    @Test
    void aPromptThatIsNoUtf8IsRefused() {
        input = new byte[] {'a', (byte) 0xFF};
        assertRefused(run("infer", "--bundle", bundle, "-"), "UTF-8", "offset 1");
    }

    @Test
    void aTypedPromptThatCouldNotBeDecodedIsRefused() {
        assertRefused(run("infer", "--bundle", bundle, "a\uFFFDb"), "UTF-8", "standard input");
    }

    @Test
    void aPromptThatIsTooLongIsRefused() {
        input = new byte[40_000];
        assertRefused(run("infer", "--bundle", bundle, "-"), "36864");
    }

    @Test
    void aMissingBundleIsRefused() {
        assertRefused(run("infer", "--bundle", temporary.resolve("none").toString(), "x"), "none", "found nothing");
    }

    @Test
    void aFlippedBitIsRefused() throws IOException {
        Path weights = Path.of(bundle).resolve(BundleNames.weights("math"));
        byte[] content = Files.readAllBytes(weights);
        content[content.length / 2] ^= 16;
        Files.write(weights, content);
        assertRefused(run("infer", "--bundle", bundle, "x"), "experts/math.safetensors", "SHA-256");
    }

    @Test
    void verifySaysAllThatIsWrong() throws IOException {
        assertThat(run("verify", bundle)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("sound");
        for (String name : List.of("MODEL_CARD.md", "evaluation.json")) {
            Files.write(Path.of(bundle).resolve(name), new byte[] {'1'});
        }
        assertThat(run("verify", "--bundle", bundle)).isEqualTo(2);
        assertThat(errors()).contains("MODEL_CARD.md", "evaluation.json");
        out.reset();
        assertThat(run("verify", "--json", bundle)).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"passed\": false");
    }

    @Test
    void infoSaysWhatIsInABundle() {
        assertThat(run("info", bundle)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("tiny 1.0.0", "Apache-2.0", "math", "coding", "router")
                .contains(Long.toString(TinyBundle.config().parameterCount()));
        out.reset();
        assertThat(run("info", "--json", bundle)).isZero();
        assertThat(((JsonObject) JsonParser.parse(out.toByteArray())).members())
                .containsKeys("name", "version", "digest", "experts");
    }

    private String output() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Test
    void aKeyIsMadeABundleSignedAndItsSignerShownAndTrusted() throws IOException {
        String key = temporary.resolve("key").toString();
        assertThat(run("keygen", "--out", key)).isZero();
        String fingerprint = output().lines().skip(1).findFirst().orElse("");
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(run("info", bundle)).isZero();
        assertThat(output()).contains("\nunsigned\n");
        assertThat(run("sign", "--key", key, bundle)).isZero();
        assertThat(output()).contains("signed by " + fingerprint);
        assertThat(run("sign", "--key", key, bundle)).isZero();
        assertThat(output()).contains("already signed by " + fingerprint);
        assertThat(run("verify", bundle)).isZero();
        assertThat(output()).contains("sound", "signed by " + fingerprint);
        assertThat(run("info", "--json", bundle)).isZero();
        assertThat(((JsonObject) JsonParser.parse(out.toByteArray())).member("signer"))
                .isEqualTo(new JsonString(fingerprint));
        for (String who : List.of(fingerprint, key + ".pub", "0".repeat(64) + "," + fingerprint)) {
            for (String command : List.of("verify", "info")) {
                assertThat(run(command, "--trust", who, bundle)).as(who).isZero();
            }
            assertThat(run("infer", "--trust", who, "--bundle", bundle, "--max-bytes", "5", "x"))
                    .isZero();
        }
    }

    @Test
    void whatIsNotSignedByWhoIsTrustedIsRefused() {
        String who = "1".repeat(64);
        assertRefused(run("infer", "--trust", who, "--bundle", bundle, "x"), who, "found an unsigned bundle");
        err.reset();
        assertRefused(run("info", "--trust", who, bundle), who, "found an unsigned bundle");
        err.reset();
        assertRefused(run("verify", "--trust", who, bundle), who, "found an unsigned bundle");
    }

    @Test
    void whatABundleSaysOfItselfDoesNotSteerTheTerminal() throws IOException {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("math"));
        String score = "{\"value\": 0.5, \"lower\": 0.4, \"upper\": 0.6}";
        files.put(
                BundleNames.EVALUATION,
                ("{\"a\\u001b[2J\\u009b2J\\r\\n\\u202eb\": " + score + "}").getBytes(StandardCharsets.US_ASCII));
        Path other = TinyBundle.write(TinyBundle.seal(files, List.of("math")), temporary.resolve("other"));
        assertThat(run("diff", bundle, other.toString())).isZero();
        assertThat(output()).contains("\na?[2J?2J???b").doesNotContain("\u001b", "\u009b", "\r", "\u202e");
        out.reset();

        for (String command : List.of("info", "verify")) {
            err.reset();
            files.put(
                    BundleNames.MANIFEST,
                    new String(files.get(BundleNames.MANIFEST), StandardCharsets.UTF_8)
                            .replaceFirst("Apache-2.0", "MIT\\\\u001b[2J")
                            .getBytes(StandardCharsets.UTF_8));
            Path spoilt = TinyBundle.write(TinyBundle.sum(files), temporary.resolve(command));
            assertRefused(run(command, spoilt.toString()), "manifest.json", "licence of printable ASCII, found");
            assertThat(errors()).doesNotContain("\u001b");
        }
    }

    @Test
    void diffSaysWhatChangedAsATableAndAsJson() throws IOException {
        Path other = TinyBundle.write(TinyBundle.files(List.of("math", "law")), temporary.resolve("other"));
        assertThat(run("diff", bundle, other.toString())).isZero();
        assertThat(output())
                .contains("tiny 1.0.0 -> tiny 1.0.0\n")
                .containsPattern("math +same ")
                .containsPattern("coding +removed +coding -> none")
                .containsPattern("law +added +none -> law")
                .containsPattern("router +changed")
                .containsPattern("signed by +nobody");
        assertThat(run("diff", "--json", bundle, other.toString())).isZero();
        JsonObject json = (JsonObject) JsonParser.parse(out.toByteArray());
        assertThat(json.member("same")).isEqualTo(JsonValue.JsonBoolean.FALSE);
        assertThat(json.members()).containsKeys("before", "after", "experts", "routerChanged", "scores");
        out.reset();
        assertThat(run("diff", bundle, bundle)).isZero();
        assertThat(output()).contains(": the same bundle");
    }

    @Test
    void wrongUsageIsOneLine() {
        String[][] wrong = {
            {},
            {"infre"},
            {"infer", "x"},
            {"infer", "--bundle", bundle},
            {"infer", "--bundle", bundle, "two", "words"},
            {"infer", "--bundle"},
            {"infer", "--bundle", bundle, "--max-bytes", "0", "x"},
            {"infer", "--bundle", bundle, "--max-bytes", "many", "x"},
            {"infer", "--bundle", bundle, "--warmth", "1", "x"},
            {"infer", "--bundle", bundle, "--json=yes", "x"},
            {"infer", "--bundle", bundle, "--bundle", bundle, "x"},
            {"verify"},
            {"info", bundle, bundle},
            {"info", "a\0b"},
            {"info", "--trust", "none.pub", bundle},
            {"info", "--trust", "", bundle},
            {"info", "--trust", "A".repeat(64), bundle},
            {"info", "--trust", "1".repeat(64) + ",", bundle},
            {"diff", bundle},
            {"diff", bundle, bundle, bundle},
            {"diff", bundle, "none"},
            {"keygen"},
            {"keygen", "--out", bundle},
            {"keygen", "--out", bundle, "x"},
            {"sign", bundle},
            {"sign", "--key", "none", bundle},
            {"sign", "--key", "a\0b", bundle},
        };
        for (String[] words : wrong) {
            err.reset();
            assertRefused(run(words), "expected");
        }
    }

    @Test
    void behindTwoHyphensAPromptMayBeginWithHyphens() {
        assertThat(run("infer", "--bundle", bundle, "--max-bytes", "20", "--", "--json"))
                .isZero();
        assertThat(out.toByteArray()).isEqualTo(expected("--json\n", 20));
    }

    @Test
    void aClosedStandardOutputIsAFault() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(run(closed, "infer", "--bundle", bundle, "x")).isEqualTo(3);
        assertThat(errors()).contains("Broken pipe");
    }

    @Test
    void helpAndVersionAreAnswers() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage:", "0.1.0");
    }
}
