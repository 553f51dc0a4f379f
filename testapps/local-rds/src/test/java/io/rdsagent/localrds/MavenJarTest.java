package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class MavenJarTest {

    @Test
    void aJarThatTheBuildFetchedIsFoundWithoutBeingOnTheClassPath() throws IOException {
        try (ZipFile jar = Mysql8.JAR.open()) {
            assertThat(jar.getEntry("mysql-Linux-amd64.tar.gz")).isNotNull();
        }
        assertThat(System.getProperty("java.class.path")).doesNotContain(Mysql8.JAR.artifact());
    }

    @Test
    void aJarThatWasNeverFetchedIsSaidWithTheCommandThatFetchesIt() {
        MavenJar jar = new MavenJar("org.example", "no-such-server", "1.2");

        assertThatThrownBy(jar::open)
                .isInstanceOf(LocalRdsException.class)
                .hasMessageContaining("mvn dependency:get")
                .hasMessageContaining("-Dartifact=org.example:no-such-server:1.2");
    }

    @Test
    void aVersionThatThereIsNotIsSaidWithThoseThatThereAre() {
        assertThatThrownBy(() -> MariaDbBinaries.jar("9.9")).hasMessageContaining("10.11, 11.4");
        assertThatThrownBy(() -> PostgresBinaries.jar("9")).hasMessageContaining("14, 15, 16, 17, 18");
        assertThatThrownBy(() ->
                        LocalRds.builder().engine(Engine.MYSQL).version("5.5").start())
                .hasMessageContaining("MySQL 5.5")
                .hasMessageContaining("8.0.31");
    }
}
