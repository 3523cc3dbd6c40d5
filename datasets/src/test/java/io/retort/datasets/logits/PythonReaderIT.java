package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.python.RealPython;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a shard in Python with what docs/logit-format.md prints, and none of our code. */
final class PythonReaderIT {
    private static final Path PAGE = Path.of("../docs/logit-format.md");
    private static final Pattern REBUILD = Pattern.compile("<!-- rebuild -->\n```python\n(.*?)```", Pattern.DOTALL);
    private static final int VOCABULARY = 258;

    @TempDir
    private static Path directory;

    private static List<LogitRow> rows = List.of();
    private static Path shard = Path.of("");
    private static Path environment = Path.of("");

    @BeforeAll
    static void writeAShard() throws IOException, InterruptedException {
        assumeTrue(RealPython.isPresent(), "no python3");
        environment =
                Path.of(run("../bin/python-environment", "parquet-readers").strip());
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Document document = Document.of("math", "sums", "What is " + i + "?\n", "It is " + i + ".", List.of());
            chunks.addAll(new Chunker(16, 5).chunks(TokenisedDocument.of(document, new ByteTokenizer())));
        }
        LogitSettings settings = LogitSettings.defaults();
        ShardOrigin origin = new ShardOrigin("a".repeat(64), "b".repeat(64), settings);
        rows = chunks.stream()
                .map(chunk -> ((RowOutcome.Scored) RandomTeacher.score(chunk, settings, VOCABULARY)).row())
                .toList();
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(chunks, origin), origin);
        rows.forEach(writer::add);
        shard = Files.write(directory.resolve("shard.parquet"), writer.finish().file());
    }

    @Test
    void thePrintedReaderRebuildsWhatWeRebuild() throws IOException, InterruptedException {
        Matcher snippet = REBUILD.matcher(Files.readString(PAGE));
        assertThat(snippet.find()).isTrue();
        Path out = directory.resolve("dense");
        python(snippet.group(1) + """

            import sys
            with open(sys.argv[2], "wb") as out:
                for _, dense in distributions(sys.argv[1], 258):
                    out.write(dense.astype("<f8").tobytes())
            """, out);

        ByteBuffer read = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        int unstored = 0;
        for (LogitRow row : rows) {
            int[] starts = row.entries().starts();
            for (int position = 0; position < row.tokens(); position++) {
                double[] expected = evenly(row, position, starts[position]);
                double sum = 0;
                for (int id = 0; id < VOCABULARY; id++) {
                    double found = read.getDouble();
                    sum += found;
                    assertThat(found).isCloseTo(expected[id], within(1e-9));
                }
                assertThat(sum).isCloseTo(1, within(1e-9));
                int actual = row.tokenIds()[position];
                assertThat(Math.log(expected[actual])).isCloseTo(row.logProbabilities()[position], within(1e-5));
                int end = starts[position + 1];
                if (Arrays.stream(row.entries().ids(), starts[position], end).noneMatch(id -> id == actual)) {
                    unstored++;
                }
            }
        }
        assertThat(read.hasRemaining()).isFalse();
        assertThat(unstored).as("positions whose actual token is no entry").isPositive();
    }

    private static double[] evenly(LogitRow row, int position, int start) {
        StoredDistribution stored = new StoredDistribution();
        stored.load(row, position, start);
        double[] dense = new double[VOCABULARY];
        Arrays.fill(dense, stored.tailMass() / (VOCABULARY - stored.count()));
        for (int e = 0; e < stored.count(); e++) {
            dense[stored.id(e)] = stored.probability(e);
        }
        return dense;
    }

    @Test
    void pandasReadsTheColumnsAndTheirLogProbabilities() throws IOException, InterruptedException {
        Path out = directory.resolve("sums");
        python("""
            import sys, pandas
            frame = pandas.read_parquet(sys.argv[1], partitioning=None)
            sums = frame.logprobs.map(lambda values: float(values.sum(dtype="f8")))
            with open(sys.argv[2], "w") as out:
                for document, chunk, sum_ in zip(frame.document_id, frame.chunk, sums):
                    print(document, chunk, sum_, file=out)
            """, out);

        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSameSizeAs(rows);
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split(" ");
            double sum = 0;
            for (float value : rows.get(i).logProbabilities()) {
                sum += value;
            }
            assertThat(parts[0]).isEqualTo(rows.get(i).origin().documentId());
            assertThat(parts[1]).isEqualTo(Integer.toString(rows.get(i).origin().chunk()));
            assertThat(Double.parseDouble(parts[2])).isCloseTo(sum, within(1e-6));
        }
    }

    private static void python(String program, Path out) throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("script.py"), program);
        run(environment.resolve("bin/python").toString(), script.toString(), shard.toString(), out.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return printed;
    }
}
