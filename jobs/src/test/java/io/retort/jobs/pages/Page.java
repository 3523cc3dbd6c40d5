package io.retort.jobs.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page of docs and its fenced blocks, in order; a comment {@code <!-- shrunk FILE … -->} counts as one. */
record Page(String name, List<String> lines, List<Block> blocks) {
    private static final String FENCE = "```";
    private static final String SHRUNK = "<!-- shrunk ";

    /** The page of that name in docs. */
    static Page of(String name) throws IOException {
        return parse(name, Files.readAllLines(Path.of("..", "docs", name)));
    }

    static Page parse(String name, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean comment = lines.get(i).startsWith(SHRUNK);
            if (!comment && !lines.get(i).startsWith(FENCE)) {
                continue;
            }
            String place = name + ":" + (i + 1);
            String opening = lines.get(i).substring(comment ? "<!-- ".length() : FENCE.length());
            StringBuilder text = new StringBuilder();
            while (!lines.get(++i).equals(comment ? "-->" : FENCE)) {
                text.append(lines.get(i)).append('\n');
                if (i == lines.size() - 1) {
                    throw new IllegalArgumentException("expected an end of the block at " + place + ", found none");
                }
            }
            if (opening.isBlank()) {
                throw new IllegalArgumentException("expected a language behind the fence at " + place + ", found none");
            }
            blocks.add(Block.opened(opening, text.toString(), place));
        }
        return new Page(name, lines, List.copyOf(blocks));
    }
}
