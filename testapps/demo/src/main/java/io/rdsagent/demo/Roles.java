package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.util.List;

/** Who is what at one time, by the nodes' names. */
record Roles(String writer, List<String> readers) {

    static Roles of(LocalRds rds) {
        return new Roles(
                rds.writer().name(), rds.readers().stream().map(Node::name).toList());
    }
}
