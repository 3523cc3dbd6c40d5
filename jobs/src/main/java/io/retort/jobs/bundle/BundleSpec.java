package io.retort.jobs.bundle;

import com.typesafe.config.Config;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.inference.files.KeyFiles;
import io.retort.inference.signing.SigningKey;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.evaluate.EvaluateSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What bundle to write.
 *
 * @param evaluation the spec of the report it carries, and through it of all that it is made of
 * @param name the bundle's name
 * @param version a semantic version, or {@code auto}: the one that holds the same already, else the next patch version
 * @param licence an SPDX expression
 * @param signKey the file of a private key to sign with, empty for none; says nothing of the bundle's content
 */
public record BundleSpec(EvaluateSpec evaluation, String name, String version, String licence, String signKey)
        implements Spec {
    static final String AUTO = "auto";
    /** Raised when equal specs give another bundle than before. */
    private static final int VERSION = 1;

    public BundleSpec {
        // Said before a long run and not at its end.
        BundleNames.require("bundle", name);
        if (!version.equals(AUTO)) {
            SemanticVersion.parse(version);
        }
        if (!signKey.isEmpty()) {
            KeyFiles.read(Path.of(signKey));
        }
    }

    /** The spec that the settings make. */
    public static BundleSpec of(Settings settings) {
        Config bundle = settings.config().getConfig("bundle");
        return new BundleSpec(
                EvaluateSpec.of(settings),
                bundle.getString("name"),
                bundle.getString("version"),
                bundle.getString("licence"),
                bundle.getString("sign-key"));
    }

    /** The key to sign with. */
    Optional<SigningKey> key() {
        return signKey.isEmpty() ? Optional.empty() : Optional.of(KeyFiles.read(Path.of(signKey)));
    }

    /** How weights are stored: as they were evaluated. */
    StoredType stored() {
        return evaluation.options().stored();
    }

    @Override
    public Workspace workspace() {
        return evaluation.workspace();
    }

    @Override
    public long seed() {
        return evaluation.seed();
    }

    /** What the bundle's bytes are made from, whatever its version. */
    public String contentId() {
        return ContentId.of(
                "bundle",
                Map.of(
                        "version", VERSION,
                        "name", name,
                        "report", evaluation.reportId(),
                        "licence", licence,
                        "stored", stored().name()));
    }
}
