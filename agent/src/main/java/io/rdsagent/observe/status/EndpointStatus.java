package io.rdsagent.observe.status;

import io.rdsagent.event.HealthChange;

/** One endpoint as it is now. */
public final class EndpointStatus {

    public final String address;
    /** {@code writer}, {@code reader}; null when nobody knows. */
    public final String role;

    public final HealthChange.State state;
    /** Whether new connections of this database may go there: it has the role that is wanted, and nobody drains it. */
    public final boolean wanted;

    /** Whether it is probed: new connections may go there, or old ones are left. Else its state is of long ago. */
    public final boolean asked;

    public EndpointStatus(String address, String role, HealthChange.State state, boolean wanted, boolean asked) {
        this.address = address;
        this.role = role;
        this.state = state;
        this.wanted = wanted;
        this.asked = asked;
    }

    public boolean isServing() {
        return state == HealthChange.State.SERVING;
    }
}
