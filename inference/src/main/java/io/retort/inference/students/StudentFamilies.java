package io.retort.inference.students;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The families that this runtime opens: the built-in ones, and those that {@link ServiceLoader} finds. Thread-safe. */
public final class StudentFamilies {

    private static final List<StudentFamily> BUILT_IN = List.of(
            new BuiltIn(StudentConfig.FAMILY, StudentConfigJson::read),
            new BuiltIn(StudentConfig.RECURRENT, StudentConfigJson::read),
            new BuiltIn(StudentConfig.ATTENTION, StudentConfigJson::read),
            new BuiltIn(FeedForwardConfig.FAMILY, FeedForwardConfig::read));

    private StudentFamilies() {}

    /** The names of all families, the built-in ones first. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (StudentFamily family : all()) {
            names.add(family.name());
        }
        return names;
    }

    /**
     * The family of a name.
     *
     * @throws IllegalArgumentException if there is none, with the names of those there are
     */
    public static StudentFamily named(String name) {
        for (StudentFamily family : BUILT_IN) {
            if (family.name().equals(name)) {
                return family;
            }
        }
        for (StudentFamily family : all()) {
            if (family.name().equals(name)) {
                return family;
            }
        }
        throw new IllegalArgumentException(
                "expected a student family of " + String.join(", ", names()) + ", found " + name);
    }

    /** The name of the family whose config {@code json} is. */
    public static String nameIn(JsonObject json) {
        if (json.member("family") instanceof JsonString name) {
            return name.value();
        }
        throw new JsonException("expected a string as \"family\" of a student's config");
    }

    /**
     * Reads a config of any family.
     *
     * @throws IllegalArgumentException or {@link JsonException}, saying what was expected and found
     */
    public static StudentShape read(JsonObject json) {
        return named(nameIn(json)).read(json);
    }

    /** Looked for at each call: which families are there depends on the caller's class loader. */
    private static List<StudentFamily> all() {
        List<StudentFamily> all = new ArrayList<>(BUILT_IN);
        for (StudentFamily found : ServiceLoader.load(StudentFamily.class)) {
            for (StudentFamily other : all) {
                if (other.name().equals(found.name())) {
                    throw new IllegalStateException("expected student families of different names, found two named "
                            + found.name() + ", one of " + found.getClass().getName());
                }
            }
            all.add(found);
        }
        return all;
    }

    private record BuiltIn(String name, Function<JsonObject, StudentShape> reader) implements StudentFamily {
        @Override
        public StudentShape read(JsonObject json) {
            return reader.apply(json);
        }
    }
}
