package io.retort.inference.cli;

import io.retort.inference.ensembles.LongPrompt;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.students.MemoryFormat;
import java.util.Locale;

/** The options that say how long texts may be, and what of them is kept in memory. */
final class TextArguments {
    private static final int LEAST_SYMBOLS = 64;

    private TextArguments() {}

    static TextOptions of(Arguments arguments) {
        TextOptions standard = TextOptions.STANDARD;
        return new TextOptions(
                arguments.integer("max-symbols", standard.maxSymbols(), LEAST_SYMBOLS, TextOptions.MOST_SYMBOLS),
                one(arguments, "long-prompt", LongPrompt.class, standard.longPrompt()),
                one(arguments, "memory-format", MemoryFormat.class, standard.memory()));
    }

    private static <E extends Enum<E>> E one(Arguments arguments, String name, Class<E> type, E otherwise) {
        if (!arguments.has(name)) {
            return otherwise;
        }
        String text = arguments.required(name);
        StringBuilder known = new StringBuilder();
        for (E value : type.getEnumConstants()) {
            String word = value.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return value;
            }
            known.append(known.isEmpty() ? "" : ", ").append(word);
        }
        throw new UsageException("expected --" + name + " of " + known + ", found " + text);
    }
}
