package io.retort.jobs.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What the environment says to show the server, by MLflow's own variables. Goes into no log, file or report. */
final class Credentials {
    private final String header;

    private Credentials(String header) {
        this.header = header;
    }

    /** A name and a password win over a token, as in MLflow's own clients; nothing where neither is there. */
    static Credentials of(Map<String, String> environment) {
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        if (!user.isEmpty() && !password.isEmpty()) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return new Credentials("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return new Credentials(token.isEmpty() ? "" : "Bearer " + token);
    }

    Optional<String> header() {
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    /** What to do where the server does not know who calls. */
    String advice() {
        return (header.isEmpty() ? "; expected credentials in " : "; other credentials than these go in ")
                + "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN";
    }

    @Override
    public String toString() {
        return header.isEmpty() ? "none" : "hidden";
    }
}
