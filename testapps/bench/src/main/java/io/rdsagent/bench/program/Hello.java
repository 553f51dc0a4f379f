package io.rdsagent.bench.program;

/** A program without a database: what an agent costs those who do not need it. */
public final class Hello {

    public static void main(String[] arguments) {
        System.out.println("hello");
    }

    private Hello() {}
}
