package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What somebody said of a database's instances. */
public final class View {

    private final List<Member> members;
    private final HostPort by;

    /**
     * @param members at least one
     * @param by the instance that said it; null when it was none of them
     */
    public View(List<Member> members, HostPort by) {
        List<Member> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparing(member -> member.address().toString()));
        this.members = Collections.unmodifiableList(sorted);
        this.by = by;
    }

    public List<Member> members() {
        return members;
    }

    /** Null when it was none of them. */
    HostPort by() {
        return by;
    }

    /** Null when there is none, or the roles were not told. */
    public HostPort writer() {
        for (Member member : members) {
            if (member.role() == Role.WRITER) {
                return member.address();
            }
        }
        return null;
    }

    /** Whether its writer is who said it: the others may not have heard yet that it is no more. */
    boolean isTheWritersOwn() {
        return by != null && by.equals(writer());
    }
}
