package io.rdsagent.connect;

import io.rdsagent.driver.ServerError;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
import java.net.Socket;
import java.sql.Connection;

/**
 * Sees a server say "I am read-only" to somebody who means to write: it is the writer no more. Its connection leaves its
 * pool, and the instances are asked for at once.
 */
final class WrongRoles {

    private final Leases leases;
    private final Retirement retirement;
    private final Discoveries discoveries;

    WrongRoles(Leases leases, Retirement retirement, Discoveries discoveries) {
        this.leases = leases;
        this.retirement = retirement;
        this.discoveries = discoveries;
    }

    void seen(ServerError error) {
        if (!error.isReadOnly()) {
            return;
        }
        Lease lease = lease(error);
        if (lease == null) {
            discoveries.suspectAll();
        } else if (lease.database().wantsWriter()) {
            retirement.roleLost(lease);
            lease.database().suspect();
        }
    }

    private Lease lease(ServerError error) {
        Connection connection = error.connection();
        if (connection != null) {
            return leases.of(connection);
        }
        Socket socket = error.socket();
        return socket == null ? null : leases.of(socket.getInetAddress(), socket.getLocalPort());
    }
}
