package io.rdsagent.localrds;

import java.io.IOException;

/** What clients of a node meet before PostgreSQL itself: nothing, or the gate that verifies tokens in its stead. */
interface Front {

    /** PostgreSQL listens on the node's port itself. */
    Front NONE = new Front() {
        @Override
        public void open() {}

        @Override
        public void close() {}

        @Override
        public void freeze() {}

        @Override
        public void thaw() {}
    };

    void open() throws IOException;

    /** Stops listening and cuts all sessions. */
    void close();

    void freeze();

    void thaw();
}
