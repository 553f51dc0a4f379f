package io.rdsagent.endpoint;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import java.util.Set;
import java.util.TreeSet;

/** Says, once, where the zone that one database's connections are to prefer can't be kept to. */
final class ZoneWish {

    private final Database database;
    private final TopologySource source;
    private final Events events;
    private boolean said;

    ZoneWish(Database database, TopologySource source, Events events) {
        this.database = database;
        this.source = source;
        this.events = events;
    }

    void look(View view) {
        String wished = database.config().zone();
        if (wished == null || said) {
            return;
        }
        Set<String> zones = new TreeSet<>();
        for (Member member : view.members()) {
            if (member.zone() != null) {
                zones.add(member.zone());
            }
        }
        if (!zones.contains(wished)) {
            said = true;
            events.notice(Notice.warning(database + ": none of its instances is known to be in " + wished + ": "
                    + (zones.isEmpty()
                            ? source + " does not tell their zones. Set `discover` to aws, or `zone` to none."
                            : "they are in " + String.join(", ", zones) + ". Set `zone` to one of these, or to none.")
                    + " Connections go to all alike."));
        }
    }
}
