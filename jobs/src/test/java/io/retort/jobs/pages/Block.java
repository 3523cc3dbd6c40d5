package io.retort.jobs.pages;

import java.util.Arrays;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param words what stands behind the fence: a language, and what the convention of docs/README.md adds to it
 * @param text its lines, each ended by a newline
 * @param place page and line of its fence
 */
record Block(List<String> words, String text, String place) {
    /** The block whose opening fence is that line. */
    static Block opened(String fence, String text, String place) {
        return new Block(Arrays.stream(fence.strip().split("\\s+")).toList(), text, place);
    }

    /** Whether it is a script that a reader types. */
    boolean isScript() {
        return words.get(0).equals("sh");
    }

    /** Whether it is a script that runs while the rest of the page is followed, such as a server's. */
    boolean isBackground() {
        return isScript() && words.size() == 2 && words.get(1).equals("background");
    }

    /** The exit code that a script is said to end with. */
    int exitCode() {
        return words.size() == 3 && words.get(1).equals("exit") ? Integer.parseInt(words.get(2)) : 0;
    }

    /** Whether it is what the script before prints. */
    boolean isOutput() {
        return words.get(0).equals("text");
    }

    /** Whether it is what a test shrinks, in a comment that readers do not see. */
    boolean isShrunk() {
        return words.get(0).equals("shrunk");
    }

    /** Whether it is a file that the reader saves under the name behind the language. */
    boolean isFile() {
        return !isScript() && !isOutput() && words.size() == 2;
    }

    /** The name of that file, or of the file that is shrunk. */
    String file() {
        return words.get(1);
    }
}
