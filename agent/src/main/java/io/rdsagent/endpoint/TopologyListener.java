package io.rdsagent.endpoint;

/** Brings what is open in line with the topology. Called on the agent's threads; may wait for DNS. */
public interface TopologyListener {

    /** Another topology serves the database from now on. */
    void changed(Database database, Topology before);

    /** It was asked for and is as it was. */
    void seen(Database database);

    /** This one, and then another. */
    default TopologyListener and(TopologyListener then) {
        TopologyListener first = this;
        return new TopologyListener() {
            @Override
            public void changed(Database database, Topology before) {
                first.changed(database, before);
                then.changed(database, before);
            }

            @Override
            public void seen(Database database) {
                first.seen(database);
                then.seen(database);
            }
        };
    }
}
