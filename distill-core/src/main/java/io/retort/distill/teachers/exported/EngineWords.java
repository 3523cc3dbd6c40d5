package io.retort.distill.teachers.exported;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An engine's many lines in one. */
final class EngineWords {
    private static final int MOST = 400;
    /** What PyTorch's interpreter ends its report with. */
    private static final Pattern LAST_ERROR = Pattern.compile("(?m)^\\w*Error: .*$");

    private EngineWords() {}

    /** What the deepest cause says: its error where it reports one, or else its first lines. */
    static String of(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        Matcher error = LAST_ERROR.matcher(message);
        String words = (error.find() ? error.group() : message).strip().replaceAll("\\s+", " ");
        return words.length() <= MOST ? words : words.substring(0, MOST) + " …";
    }
}
