package io.rdsagent.event;

/** A connection that is past its time stays in its pool a little longer: its replacement would exceed `connect.rate`. */
public final class HeldBack {

    public final String database;
    public final String endpoint;

    public HeldBack(String database, String endpoint) {
        this.database = database;
        this.endpoint = endpoint;
    }
}
