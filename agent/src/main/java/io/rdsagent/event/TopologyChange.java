package io.rdsagent.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The instances of a database have become known, or others, or of other roles. */
public final class TopologyChange {

    public final String database;
    /** Who told: aurora_replica_status(). */
    public final String source;
    /** All of them now, with their roles as far as they are known: {@code orders-1:5432 (writer)}. */
    public final List<String> members;
    /** Whether none was known before. */
    public final boolean first;
    /** Null when it is the same as before. */
    public final String writer;
    /** Null when it is the same as before. */
    public final String formerWriter;

    public final List<String> joined;
    public final List<String> left;

    public TopologyChange(
            String database,
            String source,
            List<String> members,
            boolean first,
            String writer,
            String formerWriter,
            List<String> joined,
            List<String> left) {
        this.database = database;
        this.source = source;
        this.members = copy(members);
        this.first = first;
        this.writer = writer;
        this.formerWriter = formerWriter;
        this.joined = copy(joined);
        this.left = copy(left);
    }

    private static List<String> copy(List<String> list) {
        return Collections.unmodifiableList(new ArrayList<>(list));
    }
}
