package io.retort.jobs.tasks;

import java.util.List;

/** Texts at which an answer ends, for models that do not look for them. */
final class StopTexts {
    private StopTexts() {}

    /** The answer up to the first of them. */
    static String cut(String answer, List<String> until) {
        int end = answer.length();
        for (String stop : until) {
            int at = answer.indexOf(stop);
            end = at < 0 ? end : Math.min(end, at);
        }
        return answer.substring(0, end);
    }
}
