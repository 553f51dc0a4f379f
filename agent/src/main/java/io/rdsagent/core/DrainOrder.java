package io.rdsagent.core;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** A person's order that an endpoint be drained, or be no longer, by the name that the status shows. */
final class DrainOrder {

    private final Databases databases;
    private final ToIntFunction<HostPort> drain;
    private final Consumer<HostPort> undrain;

    /** @param drain says how many connections are to leave */
    DrainOrder(Databases databases, ToIntFunction<HostPort> drain, Consumer<HostPort> undrain) {
        this.databases = databases;
        this.drain = drain;
        this.undrain = undrain;
    }

    String begin(String name) {
        StringBuilder said = new StringBuilder();
        for (HostPort address : addresses(name)) {
            int leaving = drain.applyAsInt(address);
            said.append(address)
                    .append(" is being drained: ")
                    .append(leaving)
                    .append(leaving == 1 ? " connection leaves" : " connections leave")
                    .append(" as they come back to their pools. `drain --undo` takes the order back.\n");
        }
        return said.toString();
    }

    String end(String name) {
        StringBuilder said = new StringBuilder();
        for (HostPort address : addresses(name)) {
            undrain.accept(address);
            said.append(address).append(" is used again.\n");
        }
        return said.toString();
    }

    private Set<HostPort> addresses(String name) {
        Set<HostPort> matching = new LinkedHashSet<>();
        Set<String> known = new TreeSet<>();
        for (Database database : databases.known()) {
            for (Endpoint endpoint : database.endpoints()) {
                HostPort address = endpoint.address();
                known.add(address.toString());
                if (name.equalsIgnoreCase(address.toString()) || name.equalsIgnoreCase(address.host())) {
                    matching.add(address);
                }
            }
        }
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("There is no endpoint `" + name + "` here. Known are: "
                    + (known.isEmpty() ? "none yet" : String.join(", ", known)) + ".");
        }
        return matching;
    }
}
