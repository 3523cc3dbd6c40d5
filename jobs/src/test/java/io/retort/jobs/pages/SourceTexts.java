package io.retort.jobs.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that sources say, one a statement: its string literals in order, with a … where something other than a plus
 * sign stands between two of them.
 */
final class SourceTexts {
    private static final List<String> MODULES = List.of("jobs", "datasets", "distill-core", "eval", "inference");
    /** A comment, a char, a string, or what ends a statement. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\n]*|/\\*.*?\\*/|'(?:[^'\\\\]|\\\\.)+'|\"((?:[^\"\\\\]++|\\\\.)*+)\"|[;{}]", Pattern.DOTALL);

    private SourceTexts() {}

    /** Of all modules whose messages a user can meet, and of bin/retort. */
    static List<String> ofAll() throws IOException {
        List<String> all = new ArrayList<>();
        for (String module : MODULES) {
            all.addAll(of(module));
        }
        all.addAll(Files.readAllLines(Path.of("..", "bin", "retort")));
        return List.copyOf(all);
    }

    static List<String> of(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> statements(read(file)).stream())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> statements(String source) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        Matcher token = TOKEN.matcher(source);
        int end = 0;
        while (token.find()) {
            String between = source.substring(end, token.start()).strip();
            end = token.end();
            if (token.group(1) != null) {
                statement.append(between.equals("+") ? "" : "…").append(unescaped(token.group(1)));
            } else if (token.group().length() == 1) {
                if (statement.length() > 0) {
                    statements.add(statement.append("…").toString());
                }
                statement.setLength(0);
            }
        }
        return statements;
    }

    /** A character by its number is in no message; here it is a question mark. */
    private static String unescaped(String literal) {
        return literal.replaceAll("(?<!\\\\)\\\\u+[0-9a-fA-F]{4}", "?").translateEscapes();
    }
}
