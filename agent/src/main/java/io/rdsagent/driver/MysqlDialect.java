package io.rdsagent.driver;

import io.rdsagent.endpoint.Probe;
import java.sql.SQLException;

/** What the drivers for MySQL and MariaDB have in common: the server's words, and how it is probed. */
interface MysqlDialect extends Dialect {

    /** 1045, access denied. */
    @Override
    default boolean isTokenRefused(SQLException failure) {
        return "28000".equals(failure.getSQLState());
    }

    @Override
    default String grant(String user) {
        return "CREATE USER " + user + " IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'";
    }

    /** Class 08, connection, among it 1040, too many; 1129, this host has failed there too often. */
    @Override
    default boolean isForAnotherEndpoint(SQLException failure) {
        String state = failure.getSQLState();
        return (state != null && state.startsWith("08")) || failure.getErrorCode() == MysqlHandshake.HOST_IS_BLOCKED;
    }

    @Override
    default TopologyQuery topology() {
        return new MysqlTopology();
    }

    @Override
    default Probe.Handshake handshake() {
        return new MysqlHandshake();
    }
}
