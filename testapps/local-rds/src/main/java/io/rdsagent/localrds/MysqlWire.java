package io.rdsagent.localrds;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Packets of MySQL's protocol: three bytes of length, one of sequence, the payload. */
final class MysqlWire {

    static final int LARGEST = 0xffffff;
    private static final int BUFFER = 32 * 1024;

    private final DataInputStream in;
    private final OutputStream out;

    private MysqlWire(DataInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    static MysqlWire of(Socket socket) throws IOException {
        return new MysqlWire(
                new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER)),
                new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    /** Reads no byte beyond the packet it was asked for: what follows on the socket is TLS. */
    static MysqlWire beforeTls(Socket socket) throws IOException {
        return new MysqlWire(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
    }

    /** One packet. */
    static final class Packet {

        private final int sequence;
        private final byte[] payload;

        Packet(int sequence, byte[] payload) {
            this.sequence = sequence;
            this.payload = payload;
        }

        /** Its number in the exchange, 0 to 255. */
        int sequence() {
            return sequence;
        }

        byte[] payload() {
            return payload;
        }

        /** The payload's first byte, which says what it is; -1 if it is empty. */
        int kind() {
            return payload.length == 0 ? -1 : payload[0] & 0xff;
        }
    }

    DataInputStream in() {
        return in;
    }

    Packet read() throws IOException {
        int length = readLength();
        int sequence = in.readUnsignedByte();
        return new Packet(sequence, readBytes(length));
    }

    /** The first three bytes of a packet. */
    int readLength() throws IOException {
        return in.readUnsignedByte() | (in.readUnsignedByte() << 8) | (in.readUnsignedByte() << 16);
    }

    byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** Sends a whole packet at once. */
    void write(int sequence, byte[] payload) throws IOException {
        byte[] packet = new byte[payload.length + 4];
        System.arraycopy(header(payload.length, sequence), 0, packet, 0, 4);
        System.arraycopy(payload, 0, packet, 4, payload.length);
        send(packet, packet.length);
    }

    static byte[] header(int length, int sequence) {
        return new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence};
    }

    /** Sends bytes as they are. */
    synchronized void send(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }
}
