package io.rdsagent.it.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of servers whose clients are real: the system's, ahead of it as far as the test says. */
final class ShiftedClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    void setAhead(Duration by) {
        ahead = by;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
