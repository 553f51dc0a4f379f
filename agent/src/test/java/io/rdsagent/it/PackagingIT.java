package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the jar may hold: the door by name, and the core in a jar of its own. */
@Tag("quick")
class PackagingIT {

    private static JarFile jar;
    private static Map<String, byte[]> core;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(ForkedJvm.AGENT.toFile());
        core = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(jar.getInputStream(jar.getEntry("core.jar")))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    core.put(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void theApplicationsLoadersSeeTheDoorAlone() {
        assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "core.jar",
                        "io/rdsagent/launcher/Agent.class",
                        "io/rdsagent/launcher/CoreJar.class",
                        "io/rdsagent/launcher/CoreJar$Place.class",
                        "io/rdsagent/launcher/CoreLoader.class",
                        "io/rdsagent/launcher/CoreLoader$Handler.class",
                        "io/rdsagent/launcher/CoreLoader$Handler$1.class",
                        "io/rdsagent/launcher/Drivers.class",
                        "io/rdsagent/launcher/Gate.class",
                        "io/rdsagent/launcher/Main.class",
                        "io/rdsagent/launcher/Names.class",
                        "io/rdsagent/launcher/Order.class");
    }

    @Test
    void theCoreIsOursOrRelocated() {
        assertThat(core.keySet().stream()
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> name.replaceFirst("((?:io/rdsagent/lib/)?(?:io/rdsagent/)?[^/]+).*", "$1"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "io/rdsagent/cli",
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
                        "io/rdsagent/lib/micrometer",
                        "io/rdsagent/lib/picocli",
                        "io/rdsagent/lib/reactivestreams",
                        "io/rdsagent/lib/slf4j");
    }

    @Test
    void everyClassRunsOnJavaEight() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>(core);
        for (JarEntry entry : jar.stream().toList()) {
            classes.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
        }
        classes.keySet().removeIf(name -> !name.endsWith(".class") && !name.equals("rdsagent-bridge"));
        assertThat(classes).hasSizeGreaterThan(1000).containsKey("rdsagent-bridge");
        assertThat(classes).allSatisfy((name, bytes) -> {
            ByteBuffer header = ByteBuffer.wrap(bytes);
            assertThat(header.getInt()).isEqualTo(0xCAFEBABE);
            assertThat(header.getInt() & 0xFFFF).isLessThanOrEqualTo(52);
        });
    }

    @Test
    void whatTheCredentialChainLoadsByNameIsThere() {
        assertThat(core)
                .containsKeys(
                        "io/rdsagent/lib/amazon/awssdk/services/sts/internal/StsWebIdentityCredentialsProviderFactory.class",
                        "io/rdsagent/lib/amazon/awssdk/services/sts/internal/StsProfileCredentialsProviderFactory.class",
                        "io/rdsagent/lib/amazon/awssdk/services/sso/auth/SsoProfileCredentialsProviderFactory.class",
                        "io/rdsagent/lib/amazon/awssdk/services/ssooidc/SsoOidcProfileTokenProviderFactory.class",
                        "META-INF/services/io.rdsagent.lib.amazon.awssdk.http.SdkHttpService");
    }
}
