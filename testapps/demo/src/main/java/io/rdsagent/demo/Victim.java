package io.rdsagent.demo;

/** Who is killed. */
enum Victim {
    /** One of two; the other one goes on. */
    READER,
    /** A reader takes its place. */
    WRITER
}
