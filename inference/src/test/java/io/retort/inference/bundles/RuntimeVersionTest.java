package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class RuntimeVersionTest {
    @Test
    void theRuntimesVersionIsThatOfTheBuild() {
        String build = System.getProperty("retort.version", "");
        assumeTrue(!build.isEmpty(), "runs in the Maven build, which says its version");
        assertThat(build).isIn(RuntimeVersion.CURRENT.toString(), RuntimeVersion.CURRENT + "-SNAPSHOT");
    }
}
