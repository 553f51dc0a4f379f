package com.example;

/** A program that never touches JDBC. */
public final class Hello {

    public static void main(String[] arguments) {
        System.out.println("hello");
    }

    private Hello() {}
}
