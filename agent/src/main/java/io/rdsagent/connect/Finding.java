package io.rdsagent.connect;

import io.rdsagent.event.Cause;

/** Why a login failed, and sentences for a person: what happened, and what to do. */
public final class Finding {

    private final Cause cause;
    private final String text;

    public Finding(Cause cause, String text) {
        this.cause = cause;
        this.text = text;
    }

    public Cause cause() {
        return cause;
    }

    @Override
    public String toString() {
        return text;
    }
}
