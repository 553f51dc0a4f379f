package io.rdsagent.pool;

import io.rdsagent.weave.Hook;
import java.util.Map;

/** How one pool's connections are found and let go. To support another pool is one such class and its rows. */
public interface PoolAdapter {

    /** The hooks that the pool's rows in the table of targets name; {@code past} is there for all. */
    Map<String, Hook> hooks();
}
