package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Loopback addresses for one cluster and a port that is free on all of them. Linux answers on the whole of 127.0.0.0/8, so each
 * run has a neighbourhood of its own and two runs at once do not meet.
 *
 * @param prefix the first three numbers, as in {@code 127.0.0}
 * @param port the port that clients dial
 * @param backendPort the port of PostgreSQL itself, the same one unless a gate stands before it
 */
record Addresses(String prefix, int port, int backendPort) {

    private static final int FIRST = 11;
    private static final int TRIES = 50;

    static String randomPrefix(Random random) {
        return "127." + (1 + random.nextInt(250)) + "." + random.nextInt(250);
    }

    /** Picks ports; {@code wantedPort} 0 means any. */
    static Addresses pick(String prefix, int wantedPort, int nodes, boolean gate) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = wantedPort == 0 ? freePort(address(prefix, 1)) : wantedPort;
            int backendPort = gate ? freePort(address(prefix, 1)) : port;
            if (port != backendPort == gate && free(prefix, port, nodes) && free(prefix, backendPort, nodes)) {
                return new Addresses(prefix, port, backendPort);
            }
        }
        throw new LocalRdsException("Port " + (wantedPort == 0 ? "" : wantedPort + " ") + "is not free on " + prefix
                + "." + FIRST + " and the addresses after it. Choose another port or other addresses.");
    }

    private static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private static boolean free(String prefix, int port, int nodes) {
        for (int node = 1; node <= nodes; node++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address(prefix, node), port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    String of(int node) {
        return address(prefix, node);
    }

    InetSocketAddress client(int node) {
        return new InetSocketAddress(of(node), port);
    }

    InetSocketAddress backend(int node) {
        return new InetSocketAddress(of(node), backendPort);
    }

    private static String address(String prefix, int node) {
        return prefix + "." + (FIRST + node - 1);
    }
}
