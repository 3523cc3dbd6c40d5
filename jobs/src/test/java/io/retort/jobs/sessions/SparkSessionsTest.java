package io.retort.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSessionsTest {
    private static SparkConf configuration(String master, SparkConf properties) {
        try (SparkSessions sessions = new SparkSessions(master)) {
            return sessions.configuration(properties);
        }
    }

    @Test
    void aLocalRunIsBoundToThisMachineAndHasNoWebPages() {
        SparkConf conf = configuration(SparkSessions.AUTO, new SparkConf(false));

        assertThat(conf.get("spark.master")).matches("local\\[([2-9]|\\d\\d+)]");
        assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
        assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    }

    @Test
    void whatSparkSubmitSaysIsNotOverridden() {
        SparkConf submitted = new SparkConf(false)
                .set("spark.master", "local[3]")
                .set("spark.ui.enabled", "true")
                .set("spark.sql.session.timeZone", "Europe/Paris");

        SparkConf conf = configuration("local[9]", submitted);

        assertThat(conf.get("spark.master")).isEqualTo("local[3]");
        assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
        assertThat(conf.get("spark.sql.session.timeZone")).isEqualTo("Europe/Paris");
    }

    @Test
    void aClusterKeepsItsOwnAddressesAndPages() {
        SparkConf conf = configuration("spark://10.0.0.1:7077", new SparkConf(false));

        assertThat(conf.get("spark.master")).isEqualTo("spark://10.0.0.1:7077");
        assertThat(conf.contains("spark.driver.host")).isFalse();
        assertThat(conf.contains("spark.ui.enabled")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "local[0]", "local[x]", "spark:/host", ""})
    void aMasterThatSparkDoesNotKnowIsRefused(String master) {
        assertThatThrownBy(() -> configuration(master, new SparkConf(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spark.master, found " + master);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[*]", "local[2, 4]", "yarn", "k8s://https://host:443"})
    void otherMastersOfSparkAreTaken(String master) {
        assertThat(configuration(master, new SparkConf(false)).get("spark.master"))
                .isEqualTo(master);
    }
}
