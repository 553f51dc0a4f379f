package io.rdsagent.observe;

import io.rdsagent.event.Events;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Tells on a thread of the agent's, so that a connect waits neither for a listener nor for its classes to be loaded. */
public final class Aside extends Listeners {

    private final Executor thread;
    private final LongAdder lost = new LongAdder();

    /** @param thread one, so that the order stays; bounded, and throws where it is full */
    public Aside(Executor thread, BiConsumer<String, Throwable> faults, Events... listeners) {
        super(faults, listeners);
        this.thread = thread;
    }

    /** How much was not told, since too much else waited. */
    public long lost() {
        return lost.sum();
    }

    @Override
    protected void tell(Consumer<Events> news) {
        try {
            thread.execute(() -> super.tell(news));
        } catch (RejectedExecutionException tooMuch) {
            lost.increment();
        }
    }
}
