package io.retort.jobs.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages of docs/troubleshooting.md: what stands between backticks in the first cell of tables of messages. */
final class Messages {
    private static final String HEADER = "| message |";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Messages() {}

    static List<MessagePattern> of(Page page) {
        List<MessagePattern> messages = new ArrayList<>();
        boolean table = false;
        for (int i = 0; i < page.lines().size(); i++) {
            String line = page.lines().get(i);
            table = line.startsWith(HEADER) || (table && line.startsWith("|"));
            if (!table || line.startsWith(HEADER) || line.startsWith("| ---")) {
                continue;
            }
            String place = page.name() + ":" + (i + 1);
            String cell = line.substring(1, line.indexOf(" | ", 1));
            Matcher code = CODE.matcher(cell);
            int before = messages.size();
            while (code.find()) {
                messages.add(new MessagePattern(code.group(1), place));
            }
            if (messages.size() == before) {
                throw new IllegalArgumentException("expected a message between backticks at " + place + ", found none");
            }
        }
        return List.copyOf(messages);
    }
}
