package io.rdsagent.connect;

import io.rdsagent.endpoint.Endpoint;
import java.time.Duration;

/** What a connect does when a try has failed. */
final class Sequel {

    /** The application is told. */
    static final Sequel NONE = new Sequel(null, Duration.ZERO);

    /** Tried at once; null where no other is left. */
    final Endpoint next;
    /** How long it is waited for one that serves; zero where it is not. */
    final Duration wait;

    private Sequel(Endpoint next, Duration wait) {
        this.next = next;
        this.wait = wait;
    }

    static Sequel trying(Endpoint next) {
        return new Sequel(next, Duration.ZERO);
    }

    static Sequel waiting(Duration atMost) {
        return atMost.isZero() ? NONE : new Sequel(null, atMost);
    }

    /** Asked once it is known why the try has failed. */
    interface Choice {
        /** @param isOutage whether that may pass by itself */
        Sequel after(boolean isOutage);
    }
}
