package io.rdsagent.localrds;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A session after its login: bytes go both ways as they are, but a client that wants to become another IAM user
 * ({@code COM_CHANGE_USER}, which drivers and pools send to reset a connection) is asked for a token again.
 */
final class MysqlPipe {

    private static final int BUFFER = 32 * 1024;

    /** Ends the wait for the server's reply when the server is gone. */
    private static final byte[] END = new byte[0];

    private final Gate gate;
    private final Socket client;
    private final MysqlWire wire;
    private final Socket server;
    private final MysqlWire backend;
    private final MysqlGateSession login;
    private final BlockingQueue<byte[]> replies = new LinkedBlockingQueue<>();

    /** While it is true the server's replies are for the gate. Set only between two commands, when nothing is under way. */
    private volatile boolean asking;

    MysqlPipe(Gate gate, Socket client, MysqlWire wire, Socket server, MysqlWire backend, MysqlGateSession login) {
        this.gate = gate;
        this.client = client;
        this.wire = wire;
        this.server = server;
        this.backend = backend;
        this.login = login;
    }

    /** Returns when the client is gone; the server's side ends both too. */
    void run() throws IOException {
        gate.threads().execute(this::passReplies);
        byte[] buffer = new byte[BUFFER];
        int last = 0;
        while (true) {
            int length = wire.readLength();
            int sequence = wire.in().readUnsignedByte();
            // A file that is loaded may have more than 255 packets; the one after that has number 0 and is no command.
            boolean command = sequence == 0 && last != 255;
            last = sequence;
            wire.in().mark(1);
            if (command && length > 0 && peek() == MysqlLogin.CHANGE_USER) {
                if (!changeUser(wire.readBytes(length))) {
                    return;
                }
            } else {
                passPacket(length, sequence, buffer);
            }
        }
    }

    private int peek() throws IOException {
        int first = wire.in().readUnsignedByte();
        wire.in().reset();
        return first;
    }

    private void passPacket(int length, int sequence, byte[] buffer) throws IOException {
        System.arraycopy(MysqlWire.header(length, sequence), 0, buffer, 0, 4);
        int filled = 4;
        int left = length;
        do {
            int part = Math.min(left, buffer.length - filled);
            wire.in().readFully(buffer, filled, part);
            backend.send(buffer, filled + part);
            left -= part;
            filled = 0;
        } while (left > 0);
    }

    private void passReplies() {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = backend.in().read(buffer);
                    read >= 0;
                    read = backend.in().read(buffer)) {
                if (asking) {
                    byte[] reply = new byte[read];
                    System.arraycopy(buffer, 0, reply, 0, read);
                    replies.add(reply);
                } else {
                    wire.send(buffer, read);
                }
            }
        } catch (IOException e) {
            // One of the two is gone; the other follows below.
            return;
        } finally {
            replies.add(END);
            gate.forget(server);
            gate.forget(client);
        }
    }

    /** Whether the session goes on; a server ends it when it refuses. */
    private boolean changeUser(byte[] command) throws IOException {
        MysqlLogin change = MysqlLogin.parseChange(command, true);
        if (!login.users().names().contains(change.user())) {
            backend.write(0, command);
            return true;
        }
        if (!login.admits(change, 1)) {
            return false;
        }
        asking = true;
        backend.write(0, change.withoutPassword());
        MysqlWire.Packet reply = reply();
        if (reply.kind() == MysqlAuthentication.SWITCH) {
            backend.write(
                    reply.sequence() + 1,
                    MysqlAuthentication.answer(reply.payload(), login.users().password()));
            reply = reply();
        }
        asking = false;
        wire.write(3, reply.payload());
        return reply.kind() == MysqlAuthentication.OK;
    }

    private MysqlWire.Packet reply() throws IOException {
        byte[] received = new byte[0];
        while (true) {
            received = MysqlBytes.join(received, next());
            MysqlBytes fields = new MysqlBytes(received, 0);
            if (received.length >= 4) {
                int length = fields.number(3);
                int sequence = fields.number(1);
                if (received.length == length + 4) {
                    return new MysqlWire.Packet(sequence, fields.rest());
                }
            }
        }
    }

    private byte[] next() throws IOException {
        try {
            byte[] next = replies.take();
            if (next.length == 0) {
                throw new EOFException("The server is gone");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
