package io.rdsagent.observe.status;

import io.rdsagent.event.HealthChange;

/** One endpoint as it is now. */
public final class EndpointStatus {

    /** What the database has of it. */
    public enum Part {
        /** New connections go there. */
        WANTED,
        /** A person has it emptied: new connections go there when there is nowhere else to go. */
        DRAINED,
        /** It has not the role that is wanted, but connections still. */
        LEFT,
        /** Nothing, so it is not probed, and its state is of long ago. */
        NONE
    }

    public final String address;
    /** {@code writer}, {@code reader}; null when nobody knows. */
    public final String role;

    public final HealthChange.State state;
    public final Part part;

    public EndpointStatus(String address, String role, HealthChange.State state, Part part) {
        this.address = address;
        this.role = role;
        this.state = state;
        this.part = part;
    }

    /** Whether a new connection can be had there. */
    public boolean isUsable() {
        return (part == Part.WANTED || part == Part.DRAINED) && state == HealthChange.State.SERVING;
    }
}
