package io.retort.inference.cli;

import io.retort.inference.Answer;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.BundleVerification;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.bundles.Finding;
import io.retort.inference.bundles.PrintableText;
import io.retort.inference.bundles.SignerKey;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonBoolean;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.routing.Routing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the commands say, as tables for people and as JSON for programs. */
final class Reports {
    private Reports() {}

    static List<List<String>> choices(Bundle bundle, Routing routing) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("expert", "domain", "weight"));
        for (ExpertChoice choice : routing.choices()) {
            String domain = bundle.experts().get(choice.index()).domain();
            rows.add(List.of(choice.expert(), domain, String.format(Locale.ROOT, "%.3f", choice.weight())));
        }
        return rows;
    }

    static String ending(Answer answer) {
        String reason = switch (answer.generation().stop()) {
            case END_OF_TEXT -> "the answer ended";
            case BYTE_LIMIT -> "cut at the limit";
            case CONTEXT_LIMIT -> "cut, the context is full";
            case STOP_TEXT -> "stopped at a text to stop at";
            case CANCELLED -> "cancelled";
        };
        return String.format(
                Locale.ROOT,
                "confidence %.3f, %d bytes, %s%s",
                answer.routing().confidence(),
                answer.generation().bytes().length,
                reason,
                answer.routing().isUnknown() ? "; the prompt is of no domain that the experts know" : "");
    }

    static List<List<String>> experts(Bundle bundle) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("expert", "domain", "family", "parameters", "bytes"));
        for (ExpertEntry expert : bundle.manifest().experts()) {
            rows.add(List.of(
                    expert.id(),
                    expert.domain(),
                    expert.family(),
                    Long.toString(expert.parameters()),
                    Long.toString(expert.weights().bytes())));
        }
        rows.add(List.of(
                "router",
                "",
                "",
                Long.toString(bundle.manifest().router().parameters()),
                Long.toString(bundle.manifest().router().weights().bytes())));
        return rows;
    }

    static String signer(Optional<SignerKey> signer) {
        return signer.map(key -> "signed by " + key.fingerprint()).orElse("unsigned");
    }

    /** The member is missing where nobody signed. */
    private static void putSigner(Map<String, JsonValue> members, Optional<SignerKey> signer) {
        signer.ifPresent(key -> members.put("signer", new JsonString(key.fingerprint())));
    }

    static JsonObject json(Bundle bundle) {
        BundleIdentity identity = bundle.manifest().identity();
        List<JsonValue> experts = new ArrayList<>();
        for (ExpertEntry expert : bundle.manifest().experts()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("id", new JsonString(expert.id()));
            members.put("domain", new JsonString(expert.domain()));
            members.put("family", new JsonString(expert.family()));
            members.put("parameters", JsonNumber.of(expert.parameters()));
            members.put("bytes", JsonNumber.of(expert.weights().bytes()));
            experts.add(new JsonObject(members));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("name", new JsonString(identity.name()));
        members.put("version", new JsonString(identity.version().toString()));
        members.put("licence", new JsonString(identity.licence()));
        members.put("digest", new JsonString(bundle.digest()));
        putSigner(members, bundle.signer());
        members.put("provenance", new JsonString(bundle.manifest().provenanceDigest()));
        members.put("experts", new JsonArray(experts));
        members.put("routerParameters", JsonNumber.of(bundle.manifest().router().parameters()));
        return new JsonObject(members);
    }

    static JsonObject json(BundleVerification verification) {
        List<JsonValue> findings = new ArrayList<>();
        for (Finding finding : verification.findings()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("path", new JsonString(finding.path()));
            members.put("problem", new JsonString(finding.problem()));
            findings.add(new JsonObject(members));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("passed", verification.passed() ? JsonBoolean.TRUE : JsonBoolean.FALSE);
        putSigner(members, verification.signer());
        members.put("findings", new JsonArray(findings));
        return new JsonObject(members);
    }

    static String name(Bundle bundle) {
        BundleIdentity identity = bundle.manifest().identity();
        return PrintableText.of(identity.name() + " " + identity.version());
    }

    /**
     * Returns rows as text: columns two spaces apart, no space at the end of a line. What stands in a bundle's files is not
     * trusted with the terminal.
     */
    static String table(List<List<String>> raw) {
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : raw) {
            List<String> printable = new ArrayList<>();
            for (String cell : row) {
                printable.add(PrintableText.of(cell));
            }
            rows.add(printable);
        }
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
