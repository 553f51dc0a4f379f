package io.rdsagent.event;

import java.time.Duration;

/** One try of one endpoint, whatever came of it and whoever asked for it. */
public final class Attempted {

    public final String database;
    public final String endpoint;
    public final Outcome outcome;
    public final Duration took;
    /** What failed and what a person can do; null where the driver's own words were all there was, or it went well. */
    public final String diagnosis;

    public Attempted(String database, String endpoint, Outcome outcome, Duration took, String diagnosis) {
        this.database = database;
        this.endpoint = endpoint;
        this.outcome = outcome;
        this.took = took;
        this.diagnosis = diagnosis;
    }

    /** What came of it. */
    public enum Outcome {
        SUCCESS("success"),
        /** The server took the token for no proof. */
        REFUSED("refused"),
        /** There was no token to send, for want of AWS credentials most often. */
        NO_TOKEN("no token"),
        /** Another endpoint may do better: nothing listens, it does not answer, it is starting or full. */
        UNREACHABLE("unreachable"),
        /** The driver's own exception: an unknown database, a wrong password of the application's own. */
        OTHER("other");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
