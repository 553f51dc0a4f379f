package io.rdsagent.token;

import software.amazon.awssdk.core.SdkClient;

/**
 * Runs the SDK with its own class loader as the thread's: it finds its HTTP client and the STS and SSO parts of a profile
 * through the context class loader, which on an application's thread is the application's and knows neither.
 */
final class SdkLoader {

    static void run(Runnable sdkCall) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(SdkClient.class.getClassLoader());
        try {
            sdkCall.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private SdkLoader() {}
}
