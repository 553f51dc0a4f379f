package io.rdsagent.token;

import software.amazon.awssdk.core.SdkClient;

/**
 * Runs the SDK with its own class loader as the thread's. On an application's thread it is the application's, and a thread
 * that the SDK starts would inherit it and keep an undeployed application in memory. SDK 2.54 looks for its HTTP client
 * and for the STS and SSO parts of a profile in its own loader first; the thread's comes second, and must not be another
 * copy's.
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
