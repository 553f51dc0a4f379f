package io.rdsagent.driver;

import java.sql.Connection;
import java.sql.Driver;

/**
 * A way in that names no URL: what it asks for, said as a call of the driver's own {@code connect}. A driver's data
 * source or pool may make its connections without one.
 */
public interface Entry {

    /**
     * @param call as a {@link io.rdsagent.weave.Hook} gets it
     * @return null where it goes on as it was
     */
    Asked asked(Object[] call) throws Exception;

    /** What the woven method returns when this connection was made in its place. */
    default Object answer(Connection made) throws Exception {
        return made;
    }

    /** A driver, and the arguments for its {@code connect}. */
    final class Asked {

        private final Driver driver;
        private final Call call;

        Asked(Driver driver, Call call) {
            this.driver = driver;
            this.call = call;
        }

        public Driver driver() {
            return driver;
        }

        public Call call() {
            return call;
        }
    }
}
