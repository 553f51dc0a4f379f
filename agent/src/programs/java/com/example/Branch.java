package com.example;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** One branch of a distributed transaction, which writes a row. */
final class Branch implements Xid {

    private final byte[] id;

    private Branch() {
        UUID unique = UUID.randomUUID();
        id = ByteBuffer.allocate(16)
                .putLong(unique.getMostSignificantBits())
                .putLong(unique.getLeastSignificantBits())
                .array();
    }

    /** Writes a row and commits it, in two phases or in one. */
    static void write(XAConnection xa, boolean prepared) throws SQLException, XAException {
        try (Connection connection = xa.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS branches (id INT)");
            XAResource resource = xa.getXAResource();
            Branch branch = new Branch();
            resource.start(branch, XAResource.TMNOFLAGS);
            statement.executeUpdate("INSERT INTO branches VALUES (1)");
            resource.end(branch, XAResource.TMSUCCESS);
            if (prepared) {
                resource.prepare(branch);
            }
            resource.commit(branch, !prepared);
        }
    }

    @Override
    public int getFormatId() {
        return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return id.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }
}
