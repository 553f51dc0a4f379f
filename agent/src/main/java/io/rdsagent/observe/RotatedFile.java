package io.rdsagent.observe;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is put aside when it is full: {@code agent.log}, then {@code agent.log.1}, which is older, and so on. */
public final class RotatedFile extends OutputStream {

    private final File file;
    private final long size;
    private final int count;
    private OutputStream out;
    private long written;
    private boolean lineEnded = true;

    /**
     * @param size in bytes, which one line may exceed
     * @param count how many are kept beside the one that is written
     * @throws IOException when it can't be written
     */
    public RotatedFile(File file, long size, int count) throws IOException {
        this.file = file;
        this.size = size;
        this.count = count;
        open();
    }

    private void open() throws IOException {
        out = new FileOutputStream(file, true);
        written = file.length();
    }

    @Override
    public synchronized void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (lineEnded && written >= size) {
            rotate();
        }
        out.write(bytes, from, length);
        written += length;
        lineEnded = bytes[from + length - 1] == '\n';
    }

    /** What can't be moved is written to the same file on: a line that is late is worth more than a name. */
    private void rotate() throws IOException {
        out.close();
        for (int i = count; i > 0; i--) {
            File older = new File(file.getPath() + "." + i);
            File newer = i == 1 ? file : new File(file.getPath() + "." + (i - 1));
            if (newer.exists() && (!older.exists() || older.delete()) && !newer.renameTo(older)) {
                break;
            }
        }
        if (count == 0) {
            new FileOutputStream(file).close();
        }
        open();
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
