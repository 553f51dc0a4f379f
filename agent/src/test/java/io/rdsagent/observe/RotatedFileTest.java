package io.rdsagent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFileTest {

    @TempDir
    Path folder;

    @Test
    void aFullFileIsPutAsideAtTheEndOfALineAndTheOldestGoes() throws IOException {
        write(
                20,
                2,
                "first line of 24 bytes.",
                "second",
                "third line of 24 bytes.",
                "fourth, which is just the same",
                "fifth");

        assertThat(lines("log")).containsExactly("fifth");
        assertThat(lines("log.1")).containsExactly("fourth, which is just the same");
        assertThat(lines("log.2")).containsExactly("second", "third line of 24 bytes.");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void whatWasThereBeforeIsGoneOnWith() throws IOException {
        write(100, 1, "before");
        write(100, 1, "after");

        assertThat(lines("log")).containsExactly("before", "after");
    }

    @Test
    void withNothingKeptAsideItBeginsAnew() throws IOException {
        write(5, 0, "first", "second");

        assertThat(lines("log")).containsExactly("second");
        assertThat(folder.resolve("log.1")).doesNotExist();
    }

    private void write(long size, int count, String... lines) throws IOException {
        try (PrintStream out = new PrintStream(
                new RotatedFile(folder.resolve("log").toFile(), size, count), true, StandardCharsets.UTF_8)) {
            for (String line : lines) {
                out.println(line);
            }
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }
}
