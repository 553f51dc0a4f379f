package io.rdsagent.endpoint;

import io.rdsagent.event.TopologyChange;
import java.util.ArrayList;
import java.util.List;

/** What a person is told of a topology that is another than before. */
final class Change {

    static TopologyChange of(
            Database database, TopologySource source, Topology before, Endpoint formerWriter, View view) {
        List<String> members = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (Member member : view.members()) {
            members.add(member.toString());
            if (before.isLearnt() && before.memberAt(member.address()) == null) {
                joined.add(member.toString());
            }
        }
        List<String> left = new ArrayList<>();
        for (Endpoint endpoint : before.members()) {
            if (database.topology().memberAt(endpoint.address()) == null) {
                left.add(endpoint.toString());
            }
        }
        boolean another = view.writer() != null
                && formerWriter != null
                && !formerWriter.address().equals(view.writer());
        return new TopologyChange(
                database.toString(),
                source.toString(),
                members,
                !before.isLearnt(),
                another ? view.writer().toString() : null,
                another ? formerWriter.toString() : null,
                joined,
                left);
    }

    private Change() {}
}
