package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;

class SdkLoaderTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader applications = new URLClassLoader(new URL[0], null);

    @BeforeEach
    void beAnApplicationsThread() {
        Thread.currentThread().setContextClassLoader(applications);
    }

    @AfterEach
    void restore() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        applications.close();
    }

    @Test
    void theSdkRunsWithItsOwnLoaderAndTheApplicationsIsPutBack() {
        AtomicReference<ClassLoader> inside = new AtomicReference<>();

        SdkLoader.run(() -> inside.set(Thread.currentThread().getContextClassLoader()));

        assertThat(inside).hasValue(SdkClient.class.getClassLoader());
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(applications);
    }

    @Test
    void theApplicationsLoaderIsPutBackAfterAFailureToo() {
        assertThatThrownBy(() -> SdkLoader.run(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(applications);
    }
}
