package io.rdsagent.config;

import java.util.Objects;

/** One entry of {@code endpoints}: an address, and the role it has if the person said so. */
public final class EndpointSpec {
    private final HostPort address;
    private final Role role;

    private EndpointSpec(HostPort address, Role role) {
        this.address = address;
        this.role = role;
    }

    /**
     * Reads {@code host:port}, {@code host:port/writer} or {@code host:port/reader}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static EndpointSpec parse(String text) {
        int slash = text.indexOf('/');
        HostPort address = HostPort.parse(slash < 0 ? text : text.substring(0, slash), HostPort.NO_PORT);
        if (address.port() == HostPort.NO_PORT) {
            throw new IllegalArgumentException("no port");
        }
        return new EndpointSpec(
                address, slash < 0 ? null : role(text.substring(slash + 1).trim()));
    }

    private static Role role(String text) {
        if (text.equalsIgnoreCase("writer")) {
            return Role.WRITER;
        }
        if (text.equalsIgnoreCase("reader")) {
            return Role.READER;
        }
        throw new IllegalArgumentException("not a role");
    }

    /** Always with a port. */
    public HostPort address() {
        return address;
    }

    /** Null if the person did not say. */
    public Role role() {
        return role;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointSpec
                && ((EndpointSpec) other).address.equals(address)
                && ((EndpointSpec) other).role == role;
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, role);
    }

    /** What {@link #parse} reads back. */
    @Override
    public String toString() {
        return role == null ? address.toString() : address + "/" + HostPort.lowerCase(role.name());
    }
}
