package io.rdsagent.config;

/** Which endpoints a database's connections should go to. */
public enum RoleWish {
    /** What the host name in the URL says: {@code cluster-ro-} wants a reader, {@code cluster-} the writer, else any. */
    BY_HOST_NAME,
    WRITER,
    READER,
    ANY
}
