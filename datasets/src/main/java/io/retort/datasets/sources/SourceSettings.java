package io.retort.datasets.sources;

import io.retort.datasets.storage.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a spec from nested maps, lists, texts and numbers, as configurations give them. */
final class SourceSettings {
    static final Set<String> KEYS = Set.of(
            "path",
            "format",
            "task",
            "prompt",
            "answer",
            "answer-pattern",
            "choices",
            "group",
            "max-bytes",
            "limit",
            "cut",
            "columns",
            "join",
            "split");
    private static final Set<String> JOIN_KEYS = Set.of("path", "key", "partner-key", "name");
    private static final Set<String> CUT_KEYS = Set.of("mark", "bytes");
    private static final Set<String> SPLIT_KEYS = Set.of("validation", "test");

    private static final String BABI_PROMPT = "{#story}{.}\n{/story}{question}\n";

    private final Map<?, ?> settings;
    private final String where;

    SourceSettings(Map<?, ?> settings, String where) {
        this.settings = settings;
        this.where = where;
    }

    SourceSpec spec(String domain) {
        onlyKeys(KEYS);
        SourceFormat format = read("format", text("format"), SourceFormat::labelled);
        try {
            return new SourceSpec(
                    read("path", text("path"), Location::of), format, domain, text("task"), mapping(format), options());
        } catch (SettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingException(e.getMessage() + " in " + where, e);
        }
    }

    /** An exception that names its key already. */
    private static final class SettingException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        SettingException(String message) {
            super(message);
        }

        SettingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private Mapping mapping(SourceFormat format) {
        Optional<String> defaultAnswer = switch (format) {
            case TEXT -> Optional.of("{text}");
            case BABI -> Optional.of("{answer}");
            case JSONL, JSON, PARQUET -> Optional.empty();
        };
        String answer = optionalText("answer").or(() -> defaultAnswer).orElseGet(() -> text("answer"));
        String prompt = optionalText("prompt").orElse(format == SourceFormat.BABI ? BABI_PROMPT : "");
        return new Mapping(
                read("prompt", prompt, Template::parse),
                read("answer", answer, Template::parse),
                optionalText("answer-pattern"),
                choices(),
                optionalText("group").map(group -> read("group", group, Template::parse)));
    }

    private List<Template> choices() {
        @Nullable Object value = settings.get("choices");
        if (value == null) {
            return List.of();
        }
        Stream<?> texts = value instanceof List<?> list ? list.stream() : Stream.of(value);
        return texts.map(text -> read("choices", String.valueOf(text), Template::parse))
                .toList();
    }

    private SourceOptions options() {
        SourceOptions defaults = SourceOptions.DEFAULTS;
        long mostBytes = number("max-bytes", defaults.mostBytes());
        return new SourceOptions(
                (int) Math.min(Integer.MAX_VALUE, mostBytes),
                number("limit", defaults.mostDocuments()),
                cut(),
                optionalText("columns").orElse(defaults.columns()),
                join(),
                split());
    }

    private Optional<TailSplit> split() {
        @Nullable Object value = settings.get("split");
        if (value == null || value.equals("content")) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?>)) {
            throw new SettingException(
                    "expected content or { validation = …, test = … } for split in " + where + ", found " + value);
        }
        SourceSettings split = below("split", value);
        split.onlyKeys(SPLIT_KEYS);
        try {
            return Optional.of(new TailSplit(split.share("validation"), split.share("test")));
        } catch (SettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingException(e.getMessage() + " in " + split.where, e);
        }
    }

    private TextCut cut() {
        @Nullable Object value = settings.get("cut");
        if (value == null || value.equals("paragraph")) {
            return new TextCut.AtBlankLines();
        }
        if (!(value instanceof Map<?, ?>)) {
            throw new SettingException(
                    "expected paragraph, { mark = … } or { bytes = … } for cut in " + where + ", found " + value);
        }
        SourceSettings cut = below("cut", value);
        cut.onlyKeys(CUT_KEYS);
        if (cut.settings.size() != 1) {
            throw new SettingException("expected either mark or bytes in " + cut.where + ", found " + value);
        }
        return cut.settings.containsKey("mark")
                ? cut.read("mark", cut.text("mark"), TextCut.AtMark::new)
                : new TextCut.AtSize((int) Math.min(BoundedLines.LONGEST, cut.number("bytes", 0)));
    }

    private Optional<Join> join() {
        @Nullable Object value = settings.get("join");
        if (value == null) {
            return Optional.empty();
        }
        SourceSettings join = below("join", value);
        join.onlyKeys(JOIN_KEYS);
        String key = join.text("key");
        return Optional.of(new Join(
                Location.of(join.text("path")),
                key,
                join.optionalText("partner-key").orElse(key),
                join.text("name")));
    }

    private SourceSettings below(String key, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new SettingException("expected an object for " + key + " in " + where + ", found " + value);
        }
        return new SourceSettings(map, where + "." + key);
    }

    private void onlyKeys(Set<String> known) {
        for (Object key : settings.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new SettingException("expected one of "
                        + known.stream().sorted().toList() + " in " + where + ", found \"" + key + "\"");
            }
        }
    }

    private String text(String key) {
        return optionalText(key)
                .orElseThrow(
                        () -> new SettingException("expected a text for " + key + " in " + where + ", found none"));
    }

    private Optional<String> optionalText(String key) {
        @Nullable Object value = settings.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw new SettingException("expected a text for " + key + " in " + where + ", found " + value);
    }

    private long number(String key, long otherwise) {
        @Nullable Object value = settings.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new SettingException("expected a whole number for " + key + " in " + where + ", found " + value);
    }

    private double share(String key) {
        @Nullable Object value = settings.get(key);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new SettingException(
                "expected a number for " + key + " in " + where + ", found " + (value == null ? "none" : value));
    }

    private <T> T read(String key, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(e.getMessage() + " for " + key + " in " + where, e);
        }
    }
}
