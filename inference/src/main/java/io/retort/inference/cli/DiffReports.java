package io.retort.inference.cli;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleManifest;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.bundles.RouterEntry;
import io.retort.inference.comparison.BundleComparison;
import io.retort.inference.comparison.ExpertChange;
import io.retort.inference.comparison.Score;
import io.retort.inference.comparison.ScoreChange;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code diff} says, as tables for people and as JSON for programs. */
final class DiffReports {
    private static final int SHORT_DIGEST = 12;

    private DiffReports() {}

    static String text(BundleComparison comparison) {
        Bundle before = comparison.before().bundle();
        Bundle after = comparison.after().bundle();
        StringBuilder text = new StringBuilder();
        text.append(Reports.name(before)).append(" -> ").append(Reports.name(after));
        text.append(comparison.same() ? ": the same bundle\n" : "\n").append('\n');
        text.append(Reports.table(experts(comparison)));
        if (!comparison.scores().isEmpty()) {
            text.append('\n').append(Reports.table(scores(comparison)));
        }
        List<List<String>> rest = new ArrayList<>();
        rest.add(List.of("digest", both(before, after, bundle -> shortened(bundle.digest()))));
        rest.add(List.of(
                "provenance",
                both(before, after, bundle -> shortened(bundle.manifest().provenanceDigest()))));
        rest.add(List.of(
                "licence",
                both(before, after, bundle -> bundle.manifest().identity().licence())));
        rest.add(List.of(
                "minimum runtime",
                both(
                        before,
                        after,
                        bundle -> bundle.manifest().identity().minimumRuntime().toString())));
        rest.add(List.of(
                "signed by",
                both(
                        before,
                        after,
                        bundle -> bundle.signer()
                                .map(key -> shortened(key.fingerprint()))
                                .orElse("nobody"))));
        return text.append('\n').append(Reports.table(rest)).toString();
    }

    private static List<List<String>> experts(BundleComparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("expert", "change", "domain", "parameters", "bytes", "weights"));
        for (ExpertChange change : comparison.experts()) {
            rows.add(List.of(
                    change.id(),
                    word(change),
                    both(change.before(), change.after(), ExpertEntry::domain),
                    both(change.before(), change.after(), entry -> Long.toString(entry.parameters())),
                    both(
                            change.before(),
                            change.after(),
                            entry -> Long.toString(entry.weights().bytes())),
                    both(
                            change.before(),
                            change.after(),
                            entry -> shortened(entry.weights().sha256()))));
        }
        Optional<RouterEntry> before =
                Optional.of(comparison.before().bundle().manifest().router());
        Optional<RouterEntry> after =
                Optional.of(comparison.after().bundle().manifest().router());
        rows.add(List.of(
                "router",
                comparison.routerChanged() ? "changed" : "same",
                "",
                both(before, after, entry -> Long.toString(entry.parameters())),
                both(before, after, entry -> Long.toString(entry.weights().bytes())),
                both(before, after, entry -> shortened(entry.weights().sha256()))));
        return rows;
    }

    private static String word(ExpertChange change) {
        if (change.kind() != ExpertChange.Kind.CHANGED) {
            return change.kind().name().toLowerCase(Locale.ROOT);
        }
        List<String> what = new ArrayList<>();
        if (change.weightsChanged()) {
            what.add("weights");
        }
        if (change.configChanged()) {
            what.add("config");
        }
        return "changed" + (what.isEmpty() ? "" : ": " + String.join(", ", what));
    }

    private static List<List<String>> scores(BundleComparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("score", "before", "after", "difference"));
        for (ScoreChange change : comparison.scores()) {
            rows.add(List.of(
                    change.name(),
                    change.before().map(DiffReports::text).orElse("none"),
                    change.after().map(DiffReports::text).orElse("none"),
                    change.difference()
                            .map(difference -> String.format(Locale.ROOT, "%+.3f", difference))
                            .orElse("")));
        }
        return rows;
    }

    private static String text(Score score) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", score.value(), score.lower(), score.upper());
    }

    private static String shortened(String digest) {
        return digest.substring(0, SHORT_DIGEST);
    }

    private static String both(Bundle before, Bundle after, Function<Bundle, String> text) {
        return both(Optional.of(before), Optional.of(after), text);
    }

    private static <T> String both(Optional<T> before, Optional<T> after, Function<T, String> text) {
        String first = before.map(text).orElse("none");
        String second = after.map(text).orElse("none");
        return first.equals(second) ? first : first + " -> " + second;
    }

    static JsonObject json(BundleComparison comparison) {
        Bundle before = comparison.before().bundle();
        Bundle after = comparison.after().bundle();
        List<JsonValue> experts = new ArrayList<>();
        for (ExpertChange change : comparison.experts()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("id", new JsonString(change.id()));
            members.put("change", new JsonString(change.kind().name().toLowerCase(Locale.ROOT)));
            members.put("weightsChanged", bool(change.weightsChanged()));
            members.put("configChanged", bool(change.configChanged()));
            putBoth(
                    members,
                    change.before().map(DiffReports::json),
                    change.after().map(DiffReports::json));
            experts.add(new JsonObject(members));
        }
        List<JsonValue> scores = new ArrayList<>();
        for (ScoreChange change : comparison.scores()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("name", new JsonString(change.name()));
            putBoth(
                    members,
                    change.before().map(DiffReports::json),
                    change.after().map(DiffReports::json));
            change.difference().ifPresent(difference -> members.put("difference", JsonNumber.of(difference)));
            scores.add(new JsonObject(members));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("same", bool(comparison.same()));
        members.put("before", json(before));
        members.put("after", json(after));
        members.put("experts", new JsonArray(experts));
        members.put("routerChanged", bool(comparison.routerChanged()));
        members.put("scores", new JsonArray(scores));
        return new JsonObject(members);
    }

    private static JsonObject json(Bundle bundle) {
        BundleManifest manifest = bundle.manifest();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("name", new JsonString(manifest.identity().name()));
        members.put("version", new JsonString(manifest.identity().version().toString()));
        members.put("digest", new JsonString(bundle.digest()));
        members.put("licence", new JsonString(manifest.identity().licence()));
        members.put(
                "minimumRuntime",
                new JsonString(manifest.identity().minimumRuntime().toString()));
        members.put("provenance", new JsonString(manifest.provenanceDigest()));
        bundle.signer().ifPresent(key -> members.put("signer", new JsonString(key.fingerprint())));
        members.put("routerParameters", JsonNumber.of(manifest.router().parameters()));
        members.put("routerBytes", JsonNumber.of(manifest.router().weights().bytes()));
        members.put("routerWeights", new JsonString(manifest.router().weights().sha256()));
        return new JsonObject(members);
    }

    private static JsonObject json(ExpertEntry expert) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("domain", new JsonString(expert.domain()));
        members.put("family", new JsonString(expert.family()));
        members.put("parameters", JsonNumber.of(expert.parameters()));
        members.put("bytes", JsonNumber.of(expert.weights().bytes()));
        members.put("weights", new JsonString(expert.weights().sha256()));
        members.put("config", new JsonString(expert.config().sha256()));
        return new JsonObject(members);
    }

    private static JsonObject json(Score score) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("value", JsonNumber.of(score.value()));
        members.put("lower", JsonNumber.of(score.lower()));
        members.put("upper", JsonNumber.of(score.upper()));
        return new JsonObject(members);
    }

    private static void putBoth(
            Map<String, JsonValue> members, Optional<JsonObject> before, Optional<JsonObject> after) {
        before.ifPresent(json -> members.put("before", json));
        after.ifPresent(json -> members.put("after", json));
    }

    private static JsonBoolean bool(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }
}
