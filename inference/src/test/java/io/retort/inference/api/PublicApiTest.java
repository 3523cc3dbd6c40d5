package io.retort.inference.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.Answer;
import io.retort.inference.Retort;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.Weighting;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the public API to {@code inference/api.txt}; {@code -Dretort.api=write} writes that file anew where its rules allow it. */
class PublicApiTest {
    private static final Path LISTING = Path.of("api.txt");
    private static final String ANSWER = "public final record io.retort.inference.Answer extends java.lang.Record";

    private static List<String> found() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Retort.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return PublicApi.lines(classes, PublicApi.exports(Path.of("src/main/java/module-info.java")));
    }

    @Test
    void thePublicApiIsTheOneThatIsWrittenDown() throws IOException, URISyntaxException {
        List<String> found = found();
        SemanticVersion current = RuntimeVersion.CURRENT;
        ApiListing listing = Files.exists(LISTING)
                ? ApiListing.parse(Files.readString(LISTING))
                : new ApiListing(current, false, List.of());
        assertThat(listing.objection(current, found)).isEmpty();
        if ("write".equals(System.getProperty("retort.api"))) {
            boolean same = current.equals(listing.version()) && listing.released();
            Files.writeString(LISTING, new ApiListing(current, same, found).text());
            return;
        }
        assertThat(listing.missing(found))
                .as("gone from api.txt or changed; if that is meant, -Dretort.api=write lists what is there now")
                .isEmpty();
        assertThat(listing.added(found))
                .as("added, and not in api.txt; -Dretort.api=write lists it")
                .isEmpty();
    }

    @Test
    void aListingHasTypesMembersAndConstants() throws IOException, URISyntaxException {
        assertThat(PublicApi.lines(Answer.class))
                .startsWith(ANSWER)
                .contains(
                        "  public double confidence()",
                        "  public io.retort.inference.Answer(io.retort.inference.scoring.Generation,io.retort.inference.routing.Routing)");
        assertThat(PublicApi.lines(BytePrediction.class)).contains("  public static final int END = 256");
        assertThat(PublicApi.lines(Weighting.class))
                .contains("  public static final io.retort.inference.ensembles.Weighting POSTERIOR");
        assertThat(found())
                .contains(ANSWER)
                .noneMatch(line -> line.contains("SavedBytes") || line.contains("private "));
    }

    @Test
    void whatOthersHaveIsKeptUntilAVersionThatMayBreakIt() {
        ApiListing first = new ApiListing(SemanticVersion.parse("1.2.0"), true, List.of("class A", "  a()", "class B"));
        List<String> less = List.of("class A", "class B", "  a()");
        assertThat(first.missing(less)).containsExactly("class A:  a()");
        assertThat(first.added(less)).containsExactly("class B:  a()");
        assertThat(first.objection(SemanticVersion.parse("1.9.0"), less))
                .isEqualTo("expected a new major version after 1.2.0 where something is gone or changed, found 1.9.0");
        assertThat(first.objection(SemanticVersion.parse("2.0.0"), less)).isEmpty();
        List<String> more = new ArrayList<>(first.lines());
        more.add("  b()");
        assertThat(first.objection(SemanticVersion.parse("1.2.0"), more))
                .isEqualTo("expected a version above 1.2.0 where something was added, found 1.2.0");
        assertThat(first.objection(SemanticVersion.parse("1.3.0"), more)).isEmpty();
        ApiListing early = new ApiListing(SemanticVersion.parse("0.1.0"), true, first.lines());
        assertThat(early.objection(SemanticVersion.parse("0.1.1"), less)).startsWith("expected a new minor version");
        assertThat(early.objection(SemanticVersion.parse("0.2.0"), less)).isEmpty();
        ApiListing own = new ApiListing(SemanticVersion.parse("0.1.0"), false, first.lines());
        assertThat(own.objection(SemanticVersion.parse("0.1.0"), less)).isEmpty();
        assertThat(ApiListing.parse(early.text())).isEqualTo(early);
    }
}
