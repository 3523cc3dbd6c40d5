package io.retort.eval.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A step from what a model wrote to what is judged. */
sealed interface ResponseFilter {
    /** What is left of a text. */
    String apply(String text);

    /** The match of a regular expression: that of its groups which matched first, or all of it. */
    record Regex(Pattern pattern, int select, String fallback) implements ResponseFilter {
        @Override
        public String apply(String text) {
            List<String> found = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                found.add(group(matcher));
            }
            int at = select < 0 ? found.size() + select : select;
            if (found.isEmpty()) {
                return fallback;
            }
            if (at < 0 || at >= found.size()) {
                throw new TemplateException(
                        "expected group_select within " + found.size() + " matches, found " + select);
            }
            return found.get(at);
        }

        private String group(Matcher matcher) {
            if (matcher.groupCount() == 0) {
                return PythonText.strip(matcher.group());
            }
            for (int g = 1; g <= matcher.groupCount(); g++) {
                Optional<String> group = Optional.ofNullable(matcher.group(g));
                if (group.isPresent()
                        && (matcher.groupCount() == 1 || !group.get().isEmpty())) {
                    return PythonText.strip(group.get());
                }
            }
            return matcher.groupCount() == 1 ? "" : PythonText.strip(fallback);
        }
    }

    /** White space at both ends goes. */
    record RemoveWhitespace() implements ResponseFilter {
        @Override
        public String apply(String text) {
            return PythonText.strip(text);
        }
    }

    record Lowercase() implements ResponseFilter {
        @Override
        public String apply(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    record Uppercase() implements ResponseFilter {
        @Override
        public String apply(String text) {
            return text.toUpperCase(Locale.ROOT);
        }
    }

    /** A text in place of another. */
    record Mapped(Map<String, String> texts, String otherwise) implements ResponseFilter {
        @Override
        public String apply(String text) {
            return texts.getOrDefault(text, otherwise);
        }
    }
}
