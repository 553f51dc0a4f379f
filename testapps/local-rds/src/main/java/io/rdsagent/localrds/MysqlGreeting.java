package io.rdsagent.localrds;

import java.io.IOException;

/** The first packet of a server (protocol 10). */
final class MysqlGreeting {

    private static final int PROTOCOL = 10;

    private final byte[] payload;
    private final int capabilitiesAt;
    private final byte[] salt;

    private MysqlGreeting(byte[] payload, int capabilitiesAt, byte[] salt) {
        this.payload = payload;
        this.capabilitiesAt = capabilitiesAt;
        this.salt = salt;
    }

    static MysqlGreeting parse(byte[] payload) throws IOException {
        MysqlBytes fields = new MysqlBytes(payload, 0);
        if (fields.number(1) != PROTOCOL) {
            throw new IOException("Not the greeting of a MySQL server");
        }
        int version = fields.untilZero().length;
        fields.take(4);
        byte[] first = fields.take(8);
        int capabilitiesAt = 1 + version + 1 + 4 + 8 + 1;
        fields.take(1 + 2 + 1 + 2 + 2 + 1 + 10);
        return new MysqlGreeting(payload, capabilitiesAt, MysqlBytes.join(first, fields.take(12)));
    }

    /** The 20 bytes that the password is scrambled with. */
    byte[] salt() {
        return salt;
    }

    /** The same greeting, but with TLS as the gate speaks it and without compression, which would hide commands from the gate. */
    byte[] atTheGate(boolean tls) {
        byte[] changed = payload.clone();
        int low = (changed[capabilitiesAt] & 0xff) | ((changed[capabilitiesAt + 1] & 0xff) << 8);
        low = (low & ~MysqlLogin.COMPRESS & ~MysqlLogin.TLS) | (tls ? MysqlLogin.TLS : 0);
        changed[capabilitiesAt] = (byte) low;
        changed[capabilitiesAt + 1] = (byte) (low >> 8);
        changed[capabilitiesAt + 6] &= (byte) ~(MysqlLogin.ZSTD >> 24);
        return changed;
    }
}
