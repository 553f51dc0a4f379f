package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * One client's connection through the gate. The server's greeting goes to the client, so that version, capabilities and
 * connection id are the server's own; whoever is an IAM user then gives his token to the gate, and the gate logs him in.
 */
final class MysqlGateSession implements Runnable {

    /** Longer than any token; the server's own limit is its packet size. */
    private static final int LONGEST_LOGIN = 64 * 1024;

    private final Gate gate;
    private final Socket plain;
    private final MysqlKind.IamUsers users;

    private Socket client;
    private MysqlWire wire;
    private MysqlWire backend;

    MysqlGateSession(Gate gate, Socket plain, MysqlKind.IamUsers users) {
        this.gate = gate;
        this.plain = plain;
        this.client = plain;
        this.users = users;
    }

    @Override
    public void run() {
        Socket server = null;
        try {
            plain.setTcpNoDelay(true);
            gate.awaitThaw();
            server = gate.dialBackend();
            backend = MysqlWire.of(server);
            if (greet() && logIn(readLogin())) {
                new MysqlPipe(gate, client, wire, server, backend, this).run();
            }
        } catch (IOException e) {
            // A client that goes away or speaks another language gets what the server gives it: a closed connection.
            return;
        } finally {
            gate.forget(client);
            gate.forget(plain);
            if (server != null) {
                gate.forget(server);
            }
        }
    }

    private boolean greet() throws IOException {
        wire = MysqlWire.beforeTls(plain);
        MysqlWire.Packet greeting = backend.read();
        boolean welcome = greeting.kind() != MysqlAuthentication.ERROR;
        wire.write(
                greeting.sequence(),
                welcome ? MysqlGreeting.parse(greeting.payload()).atTheGate(gate.speaksTls()) : greeting.payload());
        return welcome;
    }

    private MysqlWire.Packet readLogin() throws IOException {
        MysqlWire.Packet packet = readShort();
        if (!MysqlLogin.asksForTls(packet.payload()) || !gate.speaksTls()) {
            wire = MysqlWire.of(plain);
            return packet;
        }
        client = gate.speakTls(plain);
        wire = MysqlWire.of(client);
        return readShort();
    }

    private MysqlWire.Packet readShort() throws IOException {
        int length = wire.readLength();
        if (length > LONGEST_LOGIN) {
            throw new IOException("A login of " + length + " bytes");
        }
        int sequence = wire.in().readUnsignedByte();
        return new MysqlWire.Packet(sequence, wire.readBytes(length));
    }

    private boolean logIn(MysqlWire.Packet packet) throws IOException {
        MysqlLogin login = MysqlLogin.parse(packet.payload());
        if (!users.names().contains(login.user())) {
            return passLogin(packet);
        }
        int asked = packet.sequence() + 1;
        if (!admits(login, asked)) {
            return false;
        }
        backend.write(1, login.withoutPassword());
        MysqlWire.Packet reply = backend.read();
        if (reply.kind() == MysqlAuthentication.SWITCH) {
            backend.write(reply.sequence() + 1, MysqlAuthentication.answer(reply.payload(), users.password()));
            reply = backend.read();
        }
        wire.write(asked + 2, reply.payload());
        return reply.kind() == MysqlAuthentication.OK;
    }

    /**
     * Asks for the token and judges it; a refusal is sent.
     *
     * @param sequence the number of the packet that asks
     */
    boolean admits(MysqlLogin login, int sequence) throws IOException {
        if (client == plain) {
            Verification verification = new Verification(Verdict.NO_TLS, null, "The connection is not encrypted.");
            gate.doorman().note(gate.node(), login.user(), Optional.of(clientAddress()), verification);
            wire.write(sequence, MysqlAuthentication.accessDenied(login.user(), clientHost(), true));
            return false;
        }
        if (!login.pluginAuth()) {
            wire.write(sequence, MysqlAuthentication.oldClient());
            return false;
        }
        wire.write(sequence, MysqlAuthentication.switchToClear());
        String password = new MysqlBytes(readShort().payload(), 0).textUntilZero();
        gate.awaitThaw();
        if (gate.doorman().admits(gate.node(), login.user(), password, Optional.of(clientAddress()))) {
            return true;
        }
        wire.write(sequence + 2, MysqlAuthentication.accessDenied(login.user(), clientHost(), !password.isEmpty()));
        return false;
    }

    private String clientHost() {
        return plain.getInetAddress().getHostAddress();
    }

    private String clientAddress() {
        return clientHost() + ":" + ((InetSocketAddress) plain.getRemoteSocketAddress()).getPort();
    }

    MysqlKind.IamUsers users() {
        return users;
    }

    /** Everybody else agrees with the server itself; only the numbers of the packets differ, by the one that asked for TLS. */
    private boolean passLogin(MysqlWire.Packet login) throws IOException {
        int ahead = login.sequence() - 1;
        backend.write(1, MysqlLogin.withoutTls(login.payload()));
        while (true) {
            MysqlWire.Packet reply = backend.read();
            wire.write(reply.sequence() + ahead, reply.payload());
            if (reply.kind() == MysqlAuthentication.OK || reply.kind() == MysqlAuthentication.ERROR) {
                return reply.kind() == MysqlAuthentication.OK;
            }
            if (awaitsAnswer(reply)) {
                MysqlWire.Packet answer = readShort();
                backend.write(answer.sequence() - ahead, answer.payload());
            }
        }
    }

    /** {@code caching_sha2_password} says "3" when it needs nothing more. */
    private static boolean awaitsAnswer(MysqlWire.Packet reply) {
        return reply.kind() != MysqlAuthentication.MORE || reply.payload().length != 2 || reply.payload()[1] != 3;
    }
}
