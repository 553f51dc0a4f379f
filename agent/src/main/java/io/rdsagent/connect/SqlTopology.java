package io.rdsagent.connect;

import io.rdsagent.config.Role;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.TopologyQuery;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.endpoint.TopologyException;
import io.rdsagent.endpoint.TopologySource;
import io.rdsagent.endpoint.View;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks the database itself, over a login of the agent's own that is made like the application's and kept from one question
 * to the next. The connection is nobody else's: no pool sees it and no lease is of it.
 */
final class SqlTopology implements TopologySource {

    private static final long LOGIN_MILLIS = 5000;
    private static final long ANSWER_MILLIS = 3000;
    /** It is looked four times a second whether the server has hung up. */
    private static final int LOOKS_TO_A_QUESTION = 4;

    private final Connector connector;
    /** The one that the application has connected by last. */
    private volatile WeakReference<Driver> driver;

    private final Dialect dialect;
    private final Wish wish;
    private final Database database;
    private final RdsHostName cluster;
    private final ScheduledExecutorService timer;
    private final TopologyQuery query;

    private Connection connection;
    /** The driver that has made it. */
    private WeakReference<Driver> by;

    private Socket socket;
    private Endpoint at;
    private int looks;

    private SqlTopology(Connector connector, ConnectPlan plan, RdsHostName cluster, ScheduledExecutorService timer) {
        this.connector = connector;
        this.driver = new WeakReference<>(plan.driver());
        this.dialect = plan.dialect();
        this.wish = plan.wish();
        this.database = plan.database();
        this.cluster = cluster;
        this.timer = timer;
        this.query = dialect.topology();
    }

    /**
     * @param plan by which the application has just connected
     * @return null where it was without a token: the agent keeps no password
     */
    static SqlTopology of(Connector connector, ConnectPlan plan, RdsHostName cluster, ScheduledExecutorService timer) {
        Endpoint named = plan.database().topology().named().get(0);
        return plan.isIam(named) ? new SqlTopology(connector, plan, cluster, timer) : null;
    }

    @Override
    public View ask(Endpoint where) throws TopologyException {
        if (connection != null && (at != where || by != driver)) {
            rest();
        }
        try {
            if (connection == null) {
                connect(where);
            }
            return bounded(
                    () -> query.ask(connection, cluster, where.signingName().port()));
        } catch (SQLException | RuntimeException | LinkageError silent) {
            rest();
            throw TopologyException.unanswered(silent);
        }
    }

    @Override
    public void connectedBy(Driver applications) {
        if (driver.get() != applications) {
            driver = new WeakReference<>(applications);
        }
    }

    @Override
    public boolean asksTheDatabase() {
        return true;
    }

    private void connect(Endpoint where) throws SQLException {
        by = driver;
        Driver present = by.get();
        if (present == null) {
            throw new SQLException("the driver is gone", "08003");
        }
        connection = connector.connectForTheAgent(
                ConnectPlan.ofTheAgent(present, dialect, wish, database, where, made -> socket = made), LOGIN_MILLIS);
        at = where;
        if (connection == null) {
            throw new SQLException("the driver does not take its own URL", "08001");
        }
    }

    /** A server that answers no more is hung up on: whatever the driver waits for, it waits no longer. */
    private <T> T bounded(Question<T> question) throws SQLException, TopologyException {
        Socket open = socket;
        Future<?> bound = timer.schedule(() -> close(open), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return question.ask();
        } finally {
            bound.cancel(false);
        }
    }

    private interface Question<T> {
        T ask() throws SQLException, TopologyException;
    }

    private static void close(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyClosed) {
            // As it should be.
        }
    }

    /** It has hung up, or is the writer no more and has not said so. */
    @Override
    public boolean hasLost() {
        return hasHungUp() || hasTurnedReader();
    }

    /**
     * A MySQL that is made a reader may leave its sessions open: each second or so the one that was the writer is asked. A
     * PostgreSQL can't but hang up.
     */
    private boolean hasTurnedReader() {
        if (connection == null
                || !query.isSilentAboutItsRole()
                || !database.wantsWriter()
                || at.role() == Role.READER) {
            return false;
        }
        looks++;
        try {
            return looks % LOOKS_TO_A_QUESTION == 0 && bounded(() -> query.isReader(connection, true));
        } catch (SQLException | TopologyException | RuntimeException | LinkageError silent) {
            return true;
        }
    }

    /** The server says nothing unasked but good-bye; and nobody else reads from this socket, so looking costs no word. */
    private boolean hasHungUp() {
        if (connection == null || socket == null) {
            return false;
        }
        try {
            int before = socket.getSoTimeout();
            socket.setSoTimeout(1);
            try {
                socket.getInputStream().read();
                return true;
            } finally {
                socket.setSoTimeout(before);
            }
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    @Override
    public void rest() {
        Connection open = connection;
        connection = null;
        at = null;
        if (open == null) {
            return;
        }
        Socket below = socket;
        socket = null;
        Future<?> bound = timer.schedule(() -> close(below), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        try {
            open.close();
        } catch (SQLException | RuntimeException | LinkageError alreadyGone) {
            close(below);
        } finally {
            bound.cancel(false);
        }
    }

    @Override
    public String toString() {
        return query.toString();
    }
}
