package io.retort.eval.tasks;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import java.util.List;

/**
 * The checker of a generated suite, for answers to prompts of that suite's form.
 *
 * @param suite whose checker
 * @param task of the suite
 */
record SuiteCheck(Suite suite, String task) {
    /**
     * The checker of a name such as {@code math/add}.
     *
     * @throws IllegalArgumentException where there is none, naming those there are
     */
    static SuiteCheck of(String name) {
        int slash = name.indexOf('/');
        String domain = slash < 0 ? name : name.substring(0, slash);
        Suite suite = Suites.named(domain);
        String task = slash < 0 ? "" : name.substring(slash + 1);
        if (!suite.tasks().contains(task)) {
            throw new IllegalArgumentException(
                    "expected a checker " + domain + "/TASK of the tasks " + suite.tasks() + ", found " + name);
        }
        return new SuiteCheck(suite, task);
    }

    /** Whether an answer is right. */
    boolean isRight(String prompt, String expected, String produced) {
        Document document = Document.of(suite.domain(), task, prompt, expected, List.of());
        return suite.checker().check(document, produced).correct();
    }
}
