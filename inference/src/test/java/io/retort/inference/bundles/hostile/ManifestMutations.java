package io.retort.inference.bundles.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON of the right form that says what is wrong: in the manifest, and in configs that it then disagrees with. */
final class ManifestMutations {
    private static final List<String> NAMES = List.of(
            "",
            "-math",
            "../math",
            "math/../x",
            "/math",
            "MATH",
            "ma th",
            "m\u00e4th",
            "math.",
            "math\\u0000",
            "x".repeat(65),
            "chat/../math",
            "math.json",
            "..",
            "~",
            "m\\nath",
            "\\ud83d\\ude00");

    private final BaseBundle base;
    private final String manifest;

    ManifestMutations(BaseBundle base) {
        this.base = base;
        this.manifest = base.text(BundleNames.MANIFEST);
    }

    void generate() {
        identity();
        versions();
        files();
        experts();
        configs();
        models();
    }

    /** Students without their weights, up to the largest that a config can ask for: nothing may be allocated for them. */
    private void models() {
        for (int width : new int[] {2, 8, 64, 4096}) {
            for (int layers : new int[] {2, 3, 16}) {
                for (String family : List.of("recurrent-attention", "recurrent", "attention")) {
                    List<Mixer> mixers = StudentConfig.layers(family, Positions.FORGET, layers);
                    StudentConfig student = new StudentConfig(Alphabet.SIZE, width, width, mixers);
                    base.emitModels("another model", student + "", student, BaseBundle.SHAPES.get(1));
                }
            }
        }
        for (int kernel : new int[] {1, 5, 16, 32}) {
            StudentConfig student = new StudentConfig(Alphabet.SIZE, 4, 3, List.of(new Mixer.Recurrence(kernel)));
            base.emitModels("another model", student + "", student, BaseBundle.SHAPES.get(1));
        }
        for (int[] shape : new int[][] {{1, 4, 8}, {2, 4, 9}, {2, 8, 8}, {256, 256, 4096}, {16, 4096, 4096}}) {
            FeedForwardConfig student = new FeedForwardConfig(Alphabet.SIZE, shape[0], shape[1], shape[2]);
            base.emitModels("another model", student + "", BaseBundle.SHAPES.get(0), student);
        }
    }

    /** Replaces the first occurrence in a file and puts digests right. */
    private void replace(String kind, String path, String from, String to) {
        String text = base.text(path);
        assertThat(text).as("what the generator spoils in %s", path).contains(from);
        base.emitSealed(
                kind, path, from + " by " + to, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
    }

    private void manifest(String kind, String from, String to) {
        replace(kind, BundleNames.MANIFEST, from, to);
    }

    private void identity() {
        for (String name : NAMES) {
            manifest("manifest's name", "\"name\": \"tiny\"", "\"name\": \"" + name + "\"");
            manifest("manifest's name", "\"id\": \"math\"", "\"id\": \"" + name + "\"");
            manifest("manifest's name", "\"domain\": \"math\"", "\"domain\": \"" + name + "\"");
        }
        for (String licence :
                List.of("", "x".repeat(129), "MIT\\u001b[2J", "MIT\\n", "MIT\\u009b2J", "MÍT", "MIT\\u202e")) {
            manifest("manifest's licence", "\"licence\": \"Apache-2.0\"", "\"licence\": \"" + licence + "\"");
        }
        for (String format : List.of("", "retort-bundl", "RETORT-BUNDLE", "retort-bundle ", "safetensors")) {
            manifest("manifest's format", "\"format\": \"retort-bundle\"", "\"format\": \"" + format + "\"");
        }
        for (String alphabet : List.of("", "printable-ascii-97", "bytes")) {
            manifest("manifest's alphabet", "printable-ascii-98", alphabet);
        }
        for (int symbols : new int[] {0, 1, 97, 99, 256, Integer.MAX_VALUE}) {
            manifest("manifest's alphabet", "\"symbols\": 98", "\"symbols\": " + symbols);
        }
    }

    private void versions() {
        String[] versions = {
            "",
            "1",
            "1.0",
            "1.0.0.0",
            "v1.0.0",
            "01.0.0",
            "1.0.00",
            "-1.0.0",
            "1.0.-1",
            "1.0.0-",
            "1.0.0-01",
            "1.0.0-a..b",
            "1.0.0+build",
            "1.0.0-\u00e4",
            "9999999999.0.0",
            "1.0.0-" + "x".repeat(64),
            " 1.0.0",
            "1.0.0\\n",
            "../1.0.0",
            "1,0,0"
        };
        for (String version : versions) {
            manifest("bad version", "\"version\": \"1.0.0\"", "\"version\": \"" + version + "\"");
            manifest("bad version", "\"minimumRuntime\": \"0.1.0\"", "\"minimumRuntime\": \"" + version + "\"");
        }
        for (String version : List.of("0.1.1", "0.2.0-a", "1.0.0", "999999999.0.0")) {
            manifest("newer runtime", "\"minimumRuntime\": \"0.1.0\"", "\"minimumRuntime\": \"" + version + "\"");
        }
        String[] formats = {
            "0",
            "2",
            "3",
            "999999",
            "9999999",
            "1.0",
            "1.5",
            "1e0",
            "-1",
            "\"\"",
            "\"1\"",
            "\"1.\"",
            "\"1.01\"",
            "\"01.0\"",
            "\"2.0\"",
            "\"0.9\"",
            "\"1.0.0\"",
            "\"1.-1\"",
            "\"1.9999999\"",
            "\"v1.0\"",
            "\"1.0 \"",
            "\"2.99\"",
            "\" 1.0\"",
            "\"1,1\""
        };
        for (String format : formats) {
            manifest("bad format version", "\"formatVersion\": 1", "\"formatVersion\": " + format);
        }
    }

    private void files() {
        Matcher entry = Pattern.compile("\"path\": \"([^\"]+)\",\\s+\"bytes\": (\\d+),\\s+\"sha256\": \"([0-9a-f]+)\"")
                .matcher(manifest);
        while (entry.find()) {
            String path = entry.group(1);
            List<String> paths = new ArrayList<>(List.of(
                    "",
                    "/" + path,
                    "../" + path,
                    "./" + path,
                    path + "/",
                    "x/../" + path,
                    path.toUpperCase(Locale.ROOT) + "X",
                    path + "\\u0000",
                    path.replace('.', '/'),
                    "/etc/passwd",
                    "..\\\\" + path,
                    "experts/../../" + path,
                    "https://example.org/" + path,
                    "x".repeat(70_000)));
            paths.add(path.equals("router.json") ? "manifest.json" : "router.json");
            paths.forEach(other -> spoil("manifest's path", entry.start(1), entry.end(1), other));
            long bytes = Long.parseLong(entry.group(2));
            for (String other : List.of(
                    bytes + 1 + "",
                    bytes - 1 + "",
                    "9007199254740993",
                    "1099511627776",
                    "2147483648",
                    "-" + (bytes + 1),
                    bytes + ".25",
                    "1e300",
                    bytes * 10 + "")) {
                spoil("manifest's bytes", entry.start(2), entry.end(2), other);
            }
            String digest = entry.group(3);
            for (String other : List.of(
                    "",
                    digest.substring(1),
                    digest + "0",
                    "0".repeat(64),
                    digest.toUpperCase(Locale.ROOT) + "F",
                    "sha256:" + digest,
                    new StringBuilder(digest).reverse() + "",
                    "g" + digest.substring(1))) {
                spoil("manifest's digest", entry.start(3), entry.end(3), other);
            }
        }
    }

    private void spoil(String kind, int from, int to, String other) {
        base.emitSealed(
                kind,
                BundleNames.MANIFEST,
                "at " + from + " by " + other,
                manifest.substring(0, from) + other + manifest.substring(to));
    }

    private void experts() {
        Matcher counts = Pattern.compile("\"parameters\": (\\d+)").matcher(manifest);
        while (counts.find()) {
            long count = Long.parseLong(counts.group(1));
            for (long other : new long[] {0, count - 1, count + 1, count * 2, 1L << 31, 1L << 40, Long.MAX_VALUE}) {
                spoil("manifest's count", counts.start(1), counts.end(1), other + "");
            }
        }
        Matcher families = Pattern.compile("\"family\": \"([a-z-]+)\"").matcher(manifest);
        while (families.find()) {
            for (String other : List.of("", "recurrent", "attention", "other", "java.lang.Runtime", "Feed-Forward")) {
                spoil("manifest's family", families.start(1), families.end(1), other);
            }
        }
        int begin = manifest.indexOf("\"experts\": [") + "\"experts\": [".length();
        int end = manifest.indexOf("],", begin);
        String list = manifest.substring(begin, end);
        int middle = list.indexOf("\n    },") + "\n    }".length();
        String first = list.substring(0, middle);
        String second = list.substring(middle + 1);
        for (String other : List.of(
                "",
                first,
                second,
                second + "," + first,
                first + "," + first,
                first + "," + second + "," + first,
                String.join(",", Collections.nCopies(257, first)))) {
            spoil("manifest's list of experts", begin, end, other);
        }
        int documents = manifest.indexOf("\"documents\": [") + "\"documents\": [".length();
        int documentsEnd = manifest.lastIndexOf(']');
        String[] parts = manifest.substring(documents, documentsEnd).split("(?<=\\})\\s*,");
        assertThat(parts).hasSize(3);
        for (int[] order : new int[][] {{}, {0}, {0, 1}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {0, 1, 1}, {0, 1, 2, 2}}) {
            List<String> chosen = new ArrayList<>();
            for (int i : order) {
                chosen.add(parts[i]);
            }
            spoil("manifest's documents", documents, documentsEnd, String.join(",", chosen));
        }
    }

    /** A config that is one of another student or router than the manifest counts, or than there are weights for. */
    private void configs() {
        String math = BundleNames.config("math");
        String chat = BundleNames.config("chat");
        String[][] wrong = {
            {math, "\"width\": 4", "8", "3", "0", "4097", "2147483647"},
            {math, "\"hidden\": 3", "2", "4", "0", "4097", "2147483647"},
            {math, "\"alphabet\": 98", "97", "99", "1", "65537", "2147483647"},
            {math, "\"kernel\": 4", "3", "5", "0", "2147483647", "100000"},
            {math, "\"heads\": 2", "1", "3", "4", "0", "2147483647"},
            {math, "\"positions\": \"forget\"", "\"logarithmic\"", "\"none\"", "\"FORGET\""},
            {math, "\"mixer\": \"recurrence\"", "\"attention\"", "\"other\"", "\"\""},
            {math, "\"family\": \"recurrent-attention\"", "\"recurrent\"", "\"feed-forward\"", "\"x\""},
            {math, "\"layers\": [", "[{\"mixer\": \"recurrence\", \"kernel\": 4}, "},
            {math, "\"hidden\": 3,", "3, \"repeats\": 0,", "3, \"repeats\": 9,", "3, \"repeats\": 1.5,"},
            {chat, "\"window\": 2", "1", "3", "0", "257", "2147483647"},
            {chat, "\"width\": 4", "2", "8", "0", "4097", "2147483647"},
            {chat, "\"hidden\": 8", "4", "9", "0", "4097"},
            {chat, "\"alphabet\": 98", "97", "99"},
            {BundleNames.ROUTER_CONFIG, "\"buckets\": 16", "15", "17", "32", "0", "131072", "2147483647"},
            {BundleNames.ROUTER_CONFIG, "\"windowBytes\": 8", "0", "65537", "2147483647"},
            {BundleNames.ROUTER_CONFIG, "\"hidden\": 2", "1", "3", "0", "1025", "2147483647"},
            {BundleNames.ROUTER_CONFIG, "\"chosen\": 3", "0", "-1", "2147483648"},
            {BundleNames.ROUTER_CONFIG, "\"network\": \"hashed-n-grams\"", "\"\"", "\"other\""},
            {
                BundleNames.ROUTER_CONFIG,
                "\"math\"",
                "\"chat\"",
                "\"coding\"",
                "\"math\", \"math\"",
                "\"math\", \"coding\""
            },
        };
        for (String[] row : wrong) {
            for (int i = 2; i < row.length; i++) {
                int colon = row[1].indexOf(": ");
                replace(
                        "config of another model",
                        row[0],
                        row[1],
                        (colon < 0 ? "" : row[1].substring(0, colon + 2)) + row[i]);
            }
        }
        String[] calibrations = {
            "{}",
            "[]",
            "1",
            "{\"temperature\": 0}",
            "{\"temperature\": -1}",
            "{\"temperature\": 0.09}",
            "{\"temperature\": 10.1}",
            "{\"temperature\": 1e999}",
            "{\"temperature\": \"1\"}",
            "{\"temperature\": 1, \"unknownThreshold\": 1}",
            "{\"temperature\": 1, \"falsePositiveRate\": 0.1}",
            "{\"temperature\": 1, \"unknownThreshold\": 1, \"falsePositiveRate\": 0}",
            "{\"temperature\": 1, \"unknownThreshold\": 1, \"falsePositiveRate\": 1}",
            "{\"temperature\": 1, \"unknownThreshold\": 1, \"falsePositiveRate\": -0.1}",
            "{\"temperature\": 1, \"unknownThreshold\": 1e999, \"falsePositiveRate\": 0.1}",
            "{\"temperature\": 1, \"unknownThreshold\": 1, \"falsePositiveRate\": 0.1, \"more\": 1}",
        };
        for (String calibration : calibrations) {
            replace(
                    "bad calibration",
                    BundleNames.ROUTER_CONFIG,
                    "\"chosen\": 3",
                    "\"chosen\": 3, \"calibration\": " + calibration);
        }
    }
}
