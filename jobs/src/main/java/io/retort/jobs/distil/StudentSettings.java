package io.retort.jobs.distil;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.retort.distill.students.StudentOptions;
import io.retort.distill.students.TrainableFamilies;
import io.retort.distill.students.TrainableFamily;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.distil.ExpertSpec.Shape;
import java.util.Map;
import java.util.Set;

/** Reads {@code student { … }} of a domain's settings. */
final class StudentSettings {
    private static final String FAMILY = "family";
    private static final String OPTIONS = "options";

    private StudentSettings() {}

    /**
     * The shape that settings ask for. Of the options that stand beside {@code family} the family is told those it
     * has, since every domain has them all by default; those under {@code options} it must know.
     *
     * @param domain the settings' key, for errors
     * @throws InvalidSettingException if there is no such family, or no student of it with these options
     */
    static Shape shape(String domain, Config settings) {
        Config student = settings.getConfig("student");
        String family = student.getString(FAMILY);
        try {
            Set<String> known = known(family);
            StudentOptions options = StudentOptions.NONE;
            for (Map.Entry<String, ConfigValue> entry : student.root().entrySet()) {
                if (known.contains(entry.getKey())) {
                    options = options.with(entry.getKey(), text(entry.getKey(), entry.getValue()));
                }
            }
            for (Map.Entry<String, ConfigValue> entry :
                    student.getConfig(OPTIONS).root().entrySet()) {
                options = options.with(entry.getKey(), text(entry.getKey(), entry.getValue()));
            }
            Shape shape = new Shape(family, settings.getInt("parameters"), options);
            // A shape that cannot be is found before a long run and not in it.
            shape.student();
            return shape;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(domain + ".student: " + e.getMessage(), e);
        }
    }

    private static Set<String> known(String family) {
        TrainableFamily<?> trainable = TrainableFamilies.named(family);
        return trainable.options();
    }

    private static String text(String name, ConfigValue value) {
        if (value.valueType() == ConfigValueType.OBJECT
                || value.valueType() == ConfigValueType.LIST
                || value.valueType() == ConfigValueType.NULL) {
            throw new IllegalArgumentException(
                    name + ": expected a number or a word, found " + value.render(ConfigRenderOptions.concise()));
        }
        return value.unwrapped().toString();
    }
}
