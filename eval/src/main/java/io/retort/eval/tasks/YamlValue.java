package io.retort.eval.tasks;

import java.util.List;
import java.util.Map;

/** A value of a YAML file that knows where it stands. */
sealed interface YamlValue {
    Place place();

    /** What it is, in words of an error. */
    String kind();

    /** Keys in the file's order, each once. */
    record Mapping(Place place, Map<String, Member> members) implements YamlValue {
        /** A member and where its key stands. */
        record Member(Place keyPlace, YamlValue value) {}

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(Place place, List<YamlValue> elements) implements YamlValue {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * @param text as it is written, without quotes
     */
    record Scalar(Place place, Type type, String text) implements YamlValue {
        enum Type {
            TEXT,
            INTEGER,
            NUMBER,
            BOOLEAN,
            NULL
        }

        @Override
        public String kind() {
            return type == Type.NULL ? "nothing" : "\"" + text + "\"";
        }
    }
}
