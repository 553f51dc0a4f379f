package io.rdsagent.core;

import io.rdsagent.token.SdkSigner;
import io.rdsagent.weave.Targets;
import io.rdsagent.weave.Weaver;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads the AWS SDK on a thread of its own as soon as a driver comes in: its first signature takes 160 to 240 ms, of
 * which the first connect then has to wait for little.
 */
final class WarmUp implements Weaver.Observer {

    private final Targets targets;
    private final SdkSigner signer;
    private final Executor workers;
    private final Complaints complaints;
    private final AtomicBoolean begun = new AtomicBoolean();

    WarmUp(Targets targets, SdkSigner signer, Executor workers, Complaints complaints) {
        this.targets = targets;
        this.signer = signer;
        this.workers = workers;
        this.complaints = complaints;
    }

    @Override
    public void woven(String type, ClassLoader owner) {
        if (targets.isDriver(type) && begun.compareAndSet(false, true)) {
            workers.execute(this::loadSdk);
        }
    }

    private void loadSdk() {
        try {
            signer.warmUp();
        } catch (RuntimeException | LinkageError failure) {
            complaints.warmUpFailed(failure);
        }
    }

    @Override
    public void failed(String type, Throwable failure) {
        complaints.notWoven(type, failure);
    }

    @Override
    public void missing(String type, String method, String hook) {
        complaints.missing(type, method, hook);
    }
}
