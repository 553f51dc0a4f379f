package com.example.pools.odd;

import java.sql.Connection;
import java.sql.SQLException;

/** The old pool, for a load that knows data sources only. */
public final class VectorDataSource extends OddDataSource {

    public VectorDataSource(String url, int size) {
        VectorPool.open(url, size);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return handle(VectorPool.getConnection());
    }

    @Override
    void back(Connection connection) {
        VectorPool.free(connection);
    }
}
