package io.rdsagent.localrds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one payload, from left to right. */
final class MysqlBytes {

    private final byte[] payload;
    private int at;

    MysqlBytes(byte[] payload, int from) {
        this.payload = payload;
        this.at = from;
    }

    boolean hasMore() {
        return at < payload.length;
    }

    int number(int bytes) throws IOException {
        int value = 0;
        for (byte next : take(bytes)) {
            value = (value >>> 8) | ((next & 0xff) << 24);
        }
        return value >>> (32 - 8 * bytes);
    }

    /** A number of one to nine bytes, as it is written before strings; -1 for null. */
    int lengthEncoded() throws IOException {
        int first = number(1);
        return switch (first) {
            case 0xfb -> -1;
            case 0xfc -> number(2);
            case 0xfd -> number(3);
            case 0xfe -> {
                int low = number(4);
                take(4);
                yield low;
            }
            default -> first;
        };
    }

    byte[] take(int length) throws IOException {
        if (length < 0 || length > payload.length - at) {
            throw new IOException("A packet that ends too early");
        }
        byte[] taken = new byte[length];
        System.arraycopy(payload, at, taken, 0, length);
        at += length;
        return taken;
    }

    /** Up to a zero byte, which is skipped, or to the end. */
    byte[] untilZero() throws IOException {
        int end = at;
        while (end < payload.length && payload[end] != 0) {
            end++;
        }
        byte[] taken = take(end - at);
        at = Math.min(at + 1, payload.length);
        return taken;
    }

    String textUntilZero() throws IOException {
        return new String(untilZero(), StandardCharsets.UTF_8);
    }

    byte[] rest() throws IOException {
        return take(payload.length - at);
    }

    /** Writes fields one after the other. */
    static byte[] join(byte[]... fields) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            joined.writeBytes(field);
        }
        return joined.toByteArray();
    }

    static byte[] number(int value, int bytes) {
        byte[] written = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            written[i] = (byte) (value >>> (8 * i));
        }
        return written;
    }

    static byte[] zeroEnded(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }
}
