package io.rdsagent.driver;

import java.lang.reflect.Field;
import java.sql.Connection;

/**
 * {@code Utils.retrieveProxy(UrlParser, …)} of MariaDB Connector/J 1 and 2: where their own pool arrives. It wants no
 * connection but what is within one, and makes a connection of its own of that.
 */
final class MariaDb2PoolEntry implements Entry {

    @Override
    public Asked asked(Object[] call) throws ReflectiveOperationException {
        return MariaDb2Entry.asked(call[1]);
    }

    @Override
    public Object answer(Connection made) throws ReflectiveOperationException {
        Field protocol = made.getClass().getDeclaredField("protocol");
        protocol.setAccessible(true);
        return protocol.get(made);
    }
}
