package io.rdsagent.token;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** How far this host's clock is from AWS's, as the Date of AWS's answers shows. */
final class AwsTime implements ExecutionInterceptor {

    private final Clock clock;
    private volatile Duration hostAhead;

    /** @param clock this host's */
    AwsTime(Clock clock) {
        this.clock = clock;
    }

    /** Negative where this host's clock is behind; to about a second; null before the first answer. */
    Duration hostAhead() {
        return hostAhead;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission answer, ExecutionAttributes attributes) {
        Optional<String> date = answer.httpResponse().firstMatchingHeader("Date");
        if (date.isPresent()) {
            heard(date.get());
        }
    }

    void heard(String date) {
        try {
            hostAhead =
                    Duration.between(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)), clock.instant());
        } catch (DateTimeException unreadable) {
            // What was known stays known.
        }
    }
}
