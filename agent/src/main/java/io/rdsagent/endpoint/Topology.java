package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.config.RoleWish;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which endpoints serve one database at one time. Never changes: another takes its place. */
public final class Topology {

    private final List<Endpoint> named;
    private final List<Endpoint> members;
    private final List<Endpoint> serving;
    private final List<Endpoint> lastResort;

    private Topology(List<Endpoint> named, List<Endpoint> members, List<Endpoint> serving, List<Endpoint> lastResort) {
        this.named = Collections.unmodifiableList(new ArrayList<>(named));
        this.members = Collections.unmodifiableList(new ArrayList<>(members));
        this.serving = Collections.unmodifiableList(new ArrayList<>(serving));
        this.lastResort = Collections.unmodifiableList(new ArrayList<>(lastResort));
    }

    /** What the URL or the configuration names, where no more is known. */
    static Topology named(List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoints");
        }
        return new Topology(endpoints, Collections.emptyList(), endpoints, Collections.emptyList());
    }

    /** No more is known than what is named. */
    Topology forgotten() {
        return named(named);
    }

    /**
     * The instances behind what is named. An endpoint that is known already stays the same. Behind those that serve, what
     * is named is a last resort: the instances' own names may not be reachable from here, or the view too old.
     *
     * @param maker of an endpoint that is new
     */
    Topology learnt(View view, RoleWish wish, Function<Member, Endpoint> maker) {
        Map<HostPort, Endpoint> known = byAddress();
        List<Endpoint> all = new ArrayList<>();
        List<Endpoint> wished = new ArrayList<>();
        for (Member member : view.members()) {
            Endpoint endpoint = known.get(member.address());
            endpoint = endpoint == null ? maker.apply(member) : endpoint;
            all.add(endpoint);
            if (isWished(wish, member.role())) {
                wished.add(endpoint);
            }
        }
        List<Endpoint> serves = wished.isEmpty() ? all : wished;
        List<Endpoint> last = new ArrayList<>();
        if (wish == RoleWish.READER) {
            last.addAll(all);
        }
        last.addAll(named);
        last.removeAll(serves);
        return new Topology(named, all, serves, last);
    }

    static boolean isWished(RoleWish wish, Role role) {
        return wish == RoleWish.ANY
                || role == null
                || (wish == RoleWish.WRITER ? role == Role.WRITER : role == Role.READER);
    }

    private Map<HostPort, Endpoint> byAddress() {
        Map<HostPort, Endpoint> known = new HashMap<>();
        for (Endpoint endpoint : all()) {
            known.put(endpoint.address(), endpoint);
        }
        return known;
    }

    /** Whether the instances are known. */
    public boolean isLearnt() {
        return !members.isEmpty();
    }

    /** What the URL or the configuration names; at least one. */
    public List<Endpoint> named() {
        return named;
    }

    /** All instances, whatever their role; none until they are known. */
    public List<Endpoint> members() {
        return members;
    }

    /** Null when none of the instances is there. */
    Endpoint memberAt(HostPort address) {
        for (Endpoint member : members) {
            if (member.address().equals(address)) {
                return member;
            }
        }
        return null;
    }

    /** At least one, in the order of the round. */
    public List<Endpoint> serving() {
        return serving;
    }

    /** What a connect tries when those that serve have failed. */
    List<Endpoint> lastResort() {
        return lastResort;
    }

    /** What is named and the instances. */
    public List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>(named);
        for (Endpoint member : members) {
            if (!all.contains(member)) {
                all.add(member);
            }
        }
        return all;
    }

    boolean hasSameAs(Topology other) {
        return members.equals(other.members) && serving.equals(other.serving);
    }
}
