package io.rdsagent.lease;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import java.util.Scanner;

/** One end of a connection whose other end vanishes; each obeys the lines on its standard input. */
final class Vanishing {

    private Vanishing() {}

    /** Arguments: {@code listen} or {@code connect}, the server's address, its port. */
    public static void main(String[] arguments) throws Exception {
        InetAddress server = InetAddress.getByName(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        Scanner orders = new Scanner(System.in, "UTF-8");
        if (arguments[0].equals("listen")) {
            try (ServerSocket listening = new ServerSocket(port, 1, server)) {
                System.out.println("listening");
                try (Socket other = listening.accept()) {
                    System.out.println("accepted " + other.getPort());
                    orders.nextLine();
                }
            }
            return;
        }
        try (Socket socket = new Socket(server, port)) {
            System.out.println("connected " + resent(socket));
            orders.nextLine();
            socket.getOutputStream().write(1);
            long end = System.nanoTime() + 30_000_000_000L;
            while (resent(socket) < 2 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            System.out.println(resent(socket) < 2 ? "unnoticed" : "noticed");
        }
    }

    private static int resent(Socket socket) throws Exception {
        String key = TcpTable.key(socket);
        return TcpTable.ofThisProcess()
                .rows(Collections.singleton(key))
                .get(key)
                .resent();
    }
}
