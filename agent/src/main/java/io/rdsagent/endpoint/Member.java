package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import java.util.Objects;

/** One instance of a cluster, or one address of a name, as it was told. */
public final class Member {

    private final HostPort address;
    private final HostPort signingName;
    private final Role role;
    private final String zone;

    /** An instance that is dialled by its own name. */
    public Member(HostPort address, Role role) {
        this(address, address, role);
    }

    /**
     * An instance that is dialled by its own name.
     *
     * @param zone the name of its Availability Zone; null when it was not told
     */
    public Member(HostPort address, Role role, String zone) {
        this(address, address, role, zone);
    }

    /**
     * @param signingName what its tokens are signed for and its certificate bears
     * @param role null when it was not told
     */
    public Member(HostPort address, HostPort signingName, Role role) {
        this(address, signingName, role, null);
    }

    private Member(HostPort address, HostPort signingName, Role role, String zone) {
        this.address = address;
        this.signingName = signingName;
        this.role = role;
        this.zone = zone;
    }

    public HostPort address() {
        return address;
    }

    HostPort signingName() {
        return signingName;
    }

    /** Null when it was not told. */
    public Role role() {
        return role;
    }

    /** Null when it was not told. */
    String zone() {
        return zone;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Member
                && ((Member) other).address.equals(address)
                && ((Member) other).signingName.equals(signingName)
                && ((Member) other).role == role
                && Objects.equals(((Member) other).zone, zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, role);
    }

    @Override
    public String toString() {
        return role == null ? address.toString() : address + " (" + (role == Role.WRITER ? "writer" : "reader") + ")";
    }
}
