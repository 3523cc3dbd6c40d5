package io.retort.distill.teachers.served;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The header by which a server asks for patience (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private RetryAfter() {}

    /** How long to wait; zero where the headers do not say it in a way that is understood, ten minutes at most. */
    static Duration of(HttpHeaders headers, InstantSource clock) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return bounded(Duration.between(clock.instant(), date.toInstant()));
        } catch (DateTimeParseException e) {
            return Duration.ZERO; // none, or none that this side understands
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
