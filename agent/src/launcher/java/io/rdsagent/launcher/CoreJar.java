package io.rdsagent.launcher;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;

/**
 * The core's jar, which lies within the agent's as one entry that is not compressed. The JVM reads the directory of the
 * agent's jar when it starts; thousands of classes in it would cost every JVM something, and one entry costs nothing. So
 * this reads the inner directory, once, when a driver comes in.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format, sections 4.3.7 to 4.3.16</a>
 */
final class CoreJar {

    private static final String ENTRY = "core.jar";

    private static final int END_LENGTH = 22;
    private static final int END_MARK = 0x06054b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int ENTRY_MARK = 0x02014b50;
    private static final int LOCAL_LENGTH = 30;

    private final JarFile outer;
    private final ZipEntry inner;
    private final Map<String, Place> places = new HashMap<String, Place>();

    CoreJar(File agent) throws IOException {
        outer = new JarFile(agent, false);
        inner = outer.getEntry(ENTRY);
        if (inner == null || inner.getMethod() != ZipEntry.STORED) {
            throw new IOException(agent + " has no core; use another copy of it");
        }
        readDirectory();
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    /** @return null when there is no such file */
    byte[] read(String name) throws IOException {
        Place place = places.get(name);
        if (place == null) {
            return null;
        }
        InputStream in = outer.getInputStream(inner);
        try {
            skip(in, place.offset);
            byte[] local = bytes(in, LOCAL_LENGTH);
            skip(in, number(local, 26, 2) + number(local, 28, 2));
            byte[] data = bytes(in, place.compressed);
            return place.isDeflated ? inflate(data, place.length) : data;
        } finally {
            in.close();
        }
    }

    private void readDirectory() throws IOException {
        byte[] end = at(inner.getSize() - END_LENGTH, END_LENGTH);
        check(number(end, 0, 4) == END_MARK);
        byte[] directory = at(number(end, 16, 4), (int) number(end, 12, 4));
        int at = 0;
        while (at < directory.length) {
            check(number(directory, at, 4) == ENTRY_MARK);
            int nameLength = (int) number(directory, at + 28, 2);
            String name = new String(directory, at + ENTRY_LENGTH, nameLength, "UTF-8");
            places.put(name, new Place(directory, at));
            at += ENTRY_LENGTH + nameLength + (int) number(directory, at + 30, 2) + (int) number(directory, at + 32, 2);
        }
    }

    private byte[] at(long offset, int length) throws IOException {
        InputStream in = outer.getInputStream(inner);
        try {
            skip(in, offset);
            return bytes(in, length);
        } finally {
            in.close();
        }
    }

    /** No more than moving a position, since the entry is not compressed. */
    private static void skip(InputStream in, long count) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0) {
                throw new EOFException();
            }
            left -= skipped;
        }
    }

    private static byte[] bytes(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            int more = in.read(bytes, read, length - read);
            if (more < 0) {
                throw new EOFException();
            }
            read += more;
        }
        return bytes;
    }

    private static byte[] inflate(byte[] data, int length) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(data);
            byte[] bytes = new byte[length];
            int inflated = 0;
            while (inflated < length) {
                int more = inflater.inflate(bytes, inflated, length - inflated);
                check(more > 0);
                inflated += more;
            }
            return bytes;
        } catch (DataFormatException damaged) {
            throw new IOException(damaged);
        } finally {
            inflater.end();
        }
    }

    private static void check(boolean whole) throws IOException {
        if (!whole) {
            throw new IOException("the agent's jar is damaged; use another copy of it");
        }
    }

    /** Little-endian. */
    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = number << 8 | bytes[at + i] & 0xff;
        }
        return number;
    }

    private static final class Place {

        final long offset;
        final int compressed;
        final int length;
        final boolean isDeflated;

        Place(byte[] directory, int at) {
            isDeflated = number(directory, at + 10, 2) == ZipEntry.DEFLATED;
            compressed = (int) number(directory, at + 20, 4);
            length = (int) number(directory, at + 24, 4);
            offset = number(directory, at + 42, 4);
        }
    }
}
