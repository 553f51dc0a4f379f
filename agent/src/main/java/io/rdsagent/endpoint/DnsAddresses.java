package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;

/** All addresses of the names in the URL, asked of DNS itself, whatever the JVM remembers. */
final class DnsAddresses implements TopologySource {

    interface Dns {

        /** @return none where there is no such name */
        List<String> addresses(String host) throws NamingException;
    }

    private final Dns dns;
    private final List<Endpoint> named;

    DnsAddresses(Dns dns, List<Endpoint> named) {
        this.dns = dns;
        this.named = named;
    }

    @Override
    public View ask(Endpoint where) throws TopologyException {
        List<Member> members = new ArrayList<>();
        NamingException failure = new NamingException("no addresses");
        for (Endpoint endpoint : named) {
            try {
                for (String address : dns.addresses(endpoint.address().host())) {
                    HostPort dialled = HostPort.of(address, endpoint.address().port());
                    members.add(new Member(dialled, endpoint.signingName(), null));
                }
            } catch (NamingException silent) {
                failure = silent;
            }
        }
        if (members.isEmpty()) {
            throw TopologyException.unanswered(failure);
        }
        return new View(members, null);
    }

    @Override
    public String toString() {
        return "DNS";
    }
}
