package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each checker accepts and refuses, on documents written by hand. */
class CheckersTest {

    private static final Document CALL = Document.of(
            "tool-use",
            "call",
            """
            weather(city: string, days?: integer)
            alarm(minutes: integer, sound: bell|horn|harp)
            User: Wake me in 12 minutes with a horn.
            """,
            "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}}",
            List.of());

    private static final Document LARGEST =
            Document.of("coding", "list", """
            def vako(xs, n):
                \"""Take xs, keep what is more than n, then return the largest.\"""
                # vako([7, 9, 3], 4) == 9
            """, "    xs = [v for v in xs if v > n]\n    return max(xs)", List.of());

    private static final Document PAIR = Document.of(
            "language",
            "minimal-pair",
            "Mia lived near the mill. The dogs behind the wall\n",
            "were happy.",
            List.of("was happy.", "were happy."));

    private static boolean passes(Document document, String produced) {
        return Suites.named(document.domain())
                .checker()
                .check(document, produced)
                .correct();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}}; true",
                "{\"arguments\":{\"sound\":\"horn\",\"minutes\":12},\"name\":\"alarm\"}; true",
                "{ \"name\" : \"alarm\", \"arguments\": {\"minutes\":12, \"sound\":\"\\u0068orn\"} }; true",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":13,\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":\"12\",\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12.0,\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"bell\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"drum\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":null}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":null,\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\",\"room\":1}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"},\"id\":1}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"minutes\":12,\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":[12,\"horn\"]}; false",
                "{\"name\":\"alarm\"}; false",
                "{\"name\":[\"alarm\"],\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}}; false",
                "{\"name\":\"clock\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}}; false",
                "{\"name\":\"weather\",\"arguments\":{\"city\":\"Tavo\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}},; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}} {}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":012,\"sound\":\"horn\"}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\",}}; false",
                "{'name':'alarm','arguments':{'minutes':12,'sound':'horn'}}; false",
                "{\"name\":\"alarm\",\"arguments\":{\"minutes\":12,\"sound\":\"horn\"}; false",
                "[]; false",
                "null; false",
                "\"alarm\"; false"
            })
    void aCallIsJudgedByItsJsonItsSchemaAndItsValues(String produced, boolean expected) {
        assertThat(passes(CALL, produced)).isEqualTo(expected);
    }

    @Test
    void aCallStandsOnOneLineAndIsBounded() {
        assertThat(passes(CALL, CALL.answer().replace(":{", ":\n{"))).isFalse();
        assertThat(passes(CALL, "[".repeat(100_000))).isFalse();
        assertThat(passes(CALL, "[".repeat(4_000))).isFalse();
        assertThat(passes(CALL, CALL.answer().replace("12", "9".repeat(3_000)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`    return max([v for v in xs if v > n])`; true",
                "`    return sorted(v for v in xs if v > n)[-1]`; true",
                "`    ys = []\\n    for x in xs:\\n        if x > n:\\n            ys.append(x)\\n    return max(ys)`; true",
                "`    best = n\\n    for x in xs:\\n        if x > best: best = x\\n    return best`; true",
                "`    return max(xs)`; true",
                "`    return sum([v for v in xs if v > n])`; false",
                "`    return max(v for v in xs if v < n)`; false",
                "`    return min([v for v in xs if v > n])`; false",
                "`    return [v for v in xs if v > n]`; false",
                "`    return 9`; false",
                "`    pass`; false",
                "`    while True: pass`; false",
                "`    return vako(xs, n)`; false",
                "`    return max([v for v in xs if v > n`; false",
                "`return max([v for v in xs if v > n])`; false",
                "`    import os`; false"
            })
    void codeIsJudgedByWhatItComputes(String produced, boolean expected) {
        assertThat(passes(LARGEST, produced.replace("\\n", "\n"))).isEqualTo(expected);
    }

    /** A slip in one place of a reference: some slips change nothing, and few of the others may go unseen. */
    @Test
    void slipsInCodeAreCaught() {
        Suite coding = Suites.named("coding");
        List<String[]> slips = List.of(
                new String[] {" > ", " >= "},
                new String[] {" < ", " <= "},
                new String[] {" >= ", " > "},
                new String[] {" + ", " - "},
                new String[] {" * ", " + "},
                new String[] {" % 2 == 0", " % 2 == 1"},
                new String[] {"max(", "min("},
                new String[] {"upper", "lower"},
                new String[] {"[::-1]", "[::1]"},
                new String[] {" and ", " or "},
                new String[] {" + 1):", "):"},
                new String[] {"startswith", "endswith"},
                new String[] {"[:", "[1:"},
                new String[] {"sorted(", "list("},
                new String[] {"9", "8"},
                new String[] {"3", "4"},
                new String[] {"'a'", "'b'"},
                new String[] {"else", "elif"});
        int made = 0;
        int caught = 0;
        for (int index = 0; index < 2_000; index++) {
            Document document = coding.document(41, index);
            for (String[] slip : slips) {
                String slipped = document.answer().replace(slip[0], slip[1]);
                if (!slipped.equals(document.answer())) {
                    made++;
                    caught += passes(document, slipped) ? 0 : 1;
                }
            }
        }
        assertThat(made).isGreaterThan(2_000);
        assertThat((double) caught / made).as("share of %s slips caught", made).isGreaterThan(0.95);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "were happy.; true",
                "were tired and calm.; true",
                "was happy.; false",
                "werewolf happy.; false",
                "were happy. The end.; false",
                "were happy; false",
                "are happy.; false"
            })
    void aPairIsJudgedByTheWordWhereItsEndingsDiffer(String produced, boolean expected) {
        assertThat(passes(PAIR, produced)).isEqualTo(expected);
    }

    @Test
    void aSchemaReadsWhatItWrites() {
        String line = "alarm(minutes: integer, note?: string, sound: bell|horn)";
        ToolSchema schema = ToolSchema.parse(line);
        assertThat(schema.text()).isEqualTo(line);
        assertThat(schema.parameters().stream().map(ToolSchema.Parameter::presence))
                .containsExactly(
                        ToolSchema.Presence.REQUIRED, ToolSchema.Presence.OPTIONAL, ToolSchema.Presence.REQUIRED);
        assertThat(schema.parameters().get(2).choices()).containsExactly("bell", "horn");
    }
}
