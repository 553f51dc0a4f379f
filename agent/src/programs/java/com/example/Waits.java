package com.example;

import java.io.IOException;

/** Does nothing, without any driver, until standard input ends. */
public final class Waits {

    public static void main(String[] arguments) throws IOException {
        System.out.println("waiting");
        while (System.in.read() >= 0) {
            // Until it ends.
        }
    }

    private Waits() {}
}
