package io.retort.jobs.bundle;

import io.retort.jobs.distil.ExpertFiles.StoredExpert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a bundle says to people. */
final class ModelCard {
    private ModelCard() {}

    static byte[] of(BundleSpec spec, String version, List<StoredExpert> experts, String summary) {
        StringBuilder card = new StringBuilder();
        card.append("# ").append(spec.name()).append(' ').append(version).append("\n\n");
        card.append("Tiny byte-level experts, one a domain, distilled from the teacher \"")
                .append(spec.evaluation()
                        .router()
                        .experts()
                        .bytes()
                        .logits()
                        .identity()
                        .name())
                .append("\", with a router that mixes at most ")
                .append(spec.evaluation().router().training().chosen())
                .append(" of them for a prompt. They answer prompts like those of their domain's training data,")
                .append(" and are no general assistants.\n\n");
        card.append("| expert | domain | parameters |\n| --- | --- | ---: |\n");
        for (StoredExpert expert : experts) {
            card.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,d |%n",
                    expert.report().name(),
                    expert.report().domain(),
                    expert.report().parameters()));
        }
        card.append("\n## Evaluation on the test split\n\n```\n")
                .append(summary.strip())
                .append("\n```\n\nLicence: ")
                .append(spec.licence())
                .append('\n');
        return card.toString().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }
}
