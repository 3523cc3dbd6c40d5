package io.retort.eval.tasks;

import io.retort.eval.tasks.YamlValue.Mapping;
import io.retort.eval.tasks.YamlValue.Scalar;
import io.retort.eval.tasks.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Members of a mapping by name and type; nothing of it goes unread without a word. */
final class TaskKeys {
    private final Mapping mapping;
    private final String what;

    /**
     * @param what is being read, in words of an error
     * @param known all keys there may be
     * @throws IllegalArgumentException that names the first other key
     */
    TaskKeys(Mapping mapping, String what, Set<String> known) {
        this.mapping = mapping;
        this.what = what;
        mapping.members().forEach((key, member) -> {
            if (!known.contains(key)) {
                throw member.keyPlace()
                        .refusal("unsupported key " + key + " in " + what + "; docs/tasks.md lists those there are");
            }
        });
    }

    Place place() {
        return mapping.place();
    }

    /** Where a key stands, or where it would. */
    Place place(String key) {
        Mapping.Member member = mapping.members().get(key);
        return member == null ? mapping.place() : member.keyPlace();
    }

    /** A key's value, where there is one. */
    Optional<YamlValue> value(String key) {
        return Optional.ofNullable(mapping.members().get(key))
                .map(Mapping.Member::value)
                .filter(value -> !(value instanceof Scalar scalar && scalar.type() == Scalar.Type.NULL));
    }

    /** A key's value, of whatever type. */
    YamlValue required(String key) {
        return value(key).orElseThrow(() -> mapping.place().refusal("expected the key " + key + " in " + what));
    }

    /** A text, or a number in its place as the text that it is. */
    Optional<String> text(String key) {
        return value(key).map(value -> text(key, value));
    }

    static String text(String key, YamlValue value) {
        if (value instanceof Scalar scalar && scalar.type() != Scalar.Type.NULL) {
            return scalar.text();
        }
        throw value.place().refusal("expected a text as " + key + ", found " + value.kind());
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    int whole(String key, int otherwise, int least, int most) {
        Optional<YamlValue> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.INTEGER) {
            long number = Long.parseLong(scalar.text());
            if (number >= least && number <= most) {
                return (int) number;
            }
        }
        throw value.get()
                .place()
                .refusal("expected " + key + " of " + least + " to " + most + ", found "
                        + value.get().kind());
    }

    boolean flag(String key) {
        Optional<YamlValue> value = value(key);
        if (value.isEmpty()) {
            return false;
        }
        if (value.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.BOOLEAN) {
            return Set.of("true", "yes", "on").contains(scalar.text().toLowerCase(java.util.Locale.ROOT));
        }
        throw value.get()
                .place()
                .refusal("expected true or false as " + key + ", found "
                        + value.get().kind());
    }

    /** A list of texts; a text alone is a list of one. */
    List<String> texts(String key) {
        return value(key).map(value -> texts(key, value)).orElse(List.of());
    }

    static List<String> texts(String key, YamlValue value) {
        if (value instanceof Sequence sequence) {
            return sequence.elements().stream()
                    .map(element -> text(key, element))
                    .toList();
        }
        return List.of(text(key, value));
    }

    /** A list of mappings. */
    List<Mapping> mappings(String key) {
        YamlValue value = required(key);
        if (!(value instanceof Sequence sequence) || sequence.elements().isEmpty()) {
            throw value.place().refusal("expected a list as " + key + ", found " + value.kind());
        }
        List<Mapping> mappings = new ArrayList<>();
        for (YamlValue element : sequence.elements()) {
            mappings.add(mapping(key, element));
        }
        return mappings;
    }

    static Mapping mapping(String key, YamlValue value) {
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        throw value.place().refusal("expected keys under " + key + ", found " + value.kind());
    }

    /** The keys below a key, where it is there. */
    Optional<TaskKeys> below(String key, Set<String> known) {
        return value(key).map(value -> new TaskKeys(mapping(key, value), key, known));
    }

    /** All members as lists of texts, in order. */
    Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        mapping.members().forEach((key, member) -> lists.put(key, texts(key, member.value())));
        return lists;
    }

    /** Refuses any other value of a key than the one that has no effect. */
    void only(String key, String... allowed) {
        text(key).ifPresent(found -> {
            if (!Set.of(allowed).contains(found)) {
                throw place(key).refusal("expected " + key + ": " + allowed[0] + ", found " + found);
            }
        });
    }
}
