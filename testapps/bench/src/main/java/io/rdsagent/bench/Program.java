package io.rdsagent.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A program as one side of a comparison runs it. Immutable.
 *
 * @param options for the JVM, before the main class
 * @param mainClass its class
 * @param classPath folders and jars
 * @param arguments the program's own
 */
record Program(List<String> options, Class<?> mainClass, String classPath, List<String> arguments) {

    Program {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    static Program of(Class<?> mainClass, String classPath, String... arguments) {
        return new Program(List.of(), mainClass, classPath, List.of(arguments));
    }

    Program with(List<String> more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(more);
        return new Program(all, mainClass, classPath, arguments);
    }

    Program with(String... more) {
        return with(List.of(more));
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass.getName());
        command.addAll(arguments);
        return command;
    }
}
