package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar may hold: the door by name, and the core in its folder, under names that are no class files. */
class PackagingIT {

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(ForkedJvm.AGENT.toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void theApplicationsLoadersSeeTheDoorAlone() {
        assertThat(files().stream().filter(name -> !name.startsWith("core/")))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "rdsagent-targets",
                        "io/rdsagent/launcher/Agent.class",
                        "io/rdsagent/launcher/CoreLoader.class",
                        "io/rdsagent/launcher/Gate.class",
                        "io/rdsagent/launcher/Names.class");
    }

    @Test
    void theCoreIsOursOrRelocated() {
        assertThat(files().stream()
                        .filter(name -> name.startsWith("core/"))
                        .filter(name -> name.endsWith(".classdata"))
                        .map(name -> name.replaceFirst("core/((?:io/rdsagent/lib/)?(?:io/rdsagent/)?[^/]+).*", "$1"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "io/rdsagent/config",
                        "io/rdsagent/connect",
                        "io/rdsagent/core",
                        "io/rdsagent/driver",
                        "io/rdsagent/endpoint",
                        "io/rdsagent/event",
                        "io/rdsagent/lease",
                        "io/rdsagent/observe",
                        "io/rdsagent/pool",
                        "io/rdsagent/tls",
                        "io/rdsagent/token",
                        "io/rdsagent/weave",
                        "io/rdsagent/lib/amazon",
                        "io/rdsagent/lib/bytebuddy",
                        "io/rdsagent/lib/reactivestreams",
                        "io/rdsagent/lib/slf4j");
    }

    @Test
    void nothingInTheCoreIsAClassFileToAScanner() {
        assertThat(files()).noneMatch(name -> name.startsWith("core/") && name.endsWith(".class"));
    }

    @Test
    void everyClassRunsOnJavaEight() throws IOException {
        for (String name : files()) {
            if (name.endsWith(".class") || name.endsWith(".classdata") || name.endsWith("rdsagent-bridge")) {
                assertThat(classFileVersion(name)).as(name).isLessThanOrEqualTo(52);
            }
        }
    }

    @Test
    void whatTheCredentialChainLoadsByNameIsThere() {
        assertThat(files())
                .contains(
                        "core/io/rdsagent/lib/amazon/awssdk/services/sts/internal/StsWebIdentityCredentialsProviderFactory.classdata",
                        "core/io/rdsagent/lib/amazon/awssdk/services/sts/internal/StsProfileCredentialsProviderFactory.classdata",
                        "core/io/rdsagent/lib/amazon/awssdk/services/sso/auth/SsoProfileCredentialsProviderFactory.classdata",
                        "core/io/rdsagent/lib/amazon/awssdk/services/ssooidc/SsoOidcProfileTokenProviderFactory.classdata",
                        "core/META-INF/services/io.rdsagent.lib.amazon.awssdk.http.SdkHttpService");
    }

    private static List<String> files() {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .toList();
    }

    private static int classFileVersion(String name) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getJarEntry(name)))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
