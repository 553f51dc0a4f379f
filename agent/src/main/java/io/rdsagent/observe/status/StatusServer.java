package io.rdsagent.observe.status;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Serves {@link Pages} over HTTP, on one thread that waits for nobody. The JDK's own server is a module that may not be
 * there, and limits the time of a request by a system property that is the application's.
 */
public final class StatusServer implements Runnable {

    /** Beyond this, whoever has not said what it wants for the longest time has to go. */
    private static final int MOST_VISITORS = 64;

    private static final int BACKLOG = 64;
    private static final long LOOK_MILLIS = 500;

    private final ServerSocketChannel door;
    private final Selector selector;
    private final SelectionKey opening;
    private final Pages pages;
    private final Clock clock;
    private final BiConsumer<String, Throwable> faults;
    /** Oldest first. */
    private final Map<SelectionKey, Visitor> visitors = new LinkedHashMap<>();

    private long closedUntil;

    private StatusServer(
            ServerSocketChannel door, Selector selector, Pages pages, Clock clock, BiConsumer<String, Throwable> faults)
            throws IOException {
        this.door = door;
        this.selector = selector;
        this.opening = door.register(selector, SelectionKey.OP_ACCEPT);
        this.pages = pages;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * Listens from now on; {@link #run} answers.
     *
     * @param address with port 0 for any that is free
     * @throws IOException when it can't be listened on
     */
    public static StatusServer open(
            InetSocketAddress address, Pages pages, Clock clock, BiConsumer<String, Throwable> faults)
            throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        try {
            // After a restart the port is waiting for the connections of before.
            door.socket().setReuseAddress(true);
            door.socket().bind(address, BACKLOG);
            door.configureBlocking(false);
            return new StatusServer(door, Selector.open(), pages, clock, faults);
        } catch (IOException | RuntimeException unusable) {
            door.close();
            throw unusable;
        }
    }

    public int port() {
        return door.socket().getLocalPort();
    }

    /** Until it is closed, or its thread interrupted. */
    @Override
    public void run() {
        try {
            while (door.isOpen() && !Thread.currentThread().isInterrupted()) {
                round();
            }
        } catch (IOException | RuntimeException | LinkageError broken) {
            faults.accept("the status server, which has ended", broken);
        } finally {
            end();
        }
    }

    private void round() throws IOException {
        selector.select(LOOK_MILLIS);
        if (!door.isOpen()) {
            return;
        }
        if (clock.millis() >= closedUntil) {
            opening.interestOps(SelectionKey.OP_ACCEPT);
        }
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            SelectionKey key = keys.next();
            keys.remove();
            Visitor visitor = visitors.get(key);
            if (visitor == null) {
                welcome();
            } else {
                goOn(key, visitor);
            }
        }
        sendHome();
    }

    private void welcome() throws IOException {
        SocketChannel channel;
        try {
            channel = door.accept();
        } catch (IOException noDescriptorLeft) {
            // It would be tried again at once, and for ever.
            opening.interestOps(0);
            closedUntil = clock.millis() + LOOK_MILLIS;
            makeRoom();
            return;
        }
        if (channel == null) {
            return;
        }
        if (visitors.size() >= MOST_VISITORS) {
            makeRoom();
        }
        channel.configureBlocking(false);
        visitors.put(channel.register(selector, SelectionKey.OP_READ), new Visitor(channel, clock.millis()));
    }

    private void makeRoom() {
        SelectionKey longest = null;
        for (Map.Entry<SelectionKey, Visitor> each : visitors.entrySet()) {
            if (longest == null
                    || (each.getValue().isStillAsking()
                            && !visitors.get(longest).isStillAsking())) {
                longest = each.getKey();
            }
        }
        if (longest != null) {
            visitors.remove(longest).leave();
        }
    }

    private void goOn(SelectionKey key, Visitor visitor) {
        try {
            visitor.goOn(key, this::answer, clock.millis());
        } catch (IOException gone) {
            visitor.leave();
        } catch (RuntimeException | LinkageError fault) {
            faults.accept("the status server", fault);
            visitor.leave();
        }
        if (!key.isValid()) {
            visitors.remove(key);
        }
    }

    private Response answer(Request request) {
        try {
            return pages.answer(request);
        } catch (RuntimeException | LinkageError fault) {
            faults.accept("the page " + request.path(), fault);
            return Response.refusal("500 Internal Server Error", "A fault of the agent; its log says more.");
        }
    }

    private void sendHome() {
        long now = clock.millis();
        List<SelectionKey> late = new ArrayList<>();
        visitors.forEach((key, visitor) -> {
            if (visitor.isLate(now)) {
                late.add(key);
            }
        });
        for (SelectionKey key : late) {
            visitors.remove(key).leave();
        }
    }

    private void end() {
        visitors.values().forEach(Visitor::leave);
        close();
        try {
            selector.close();
        } catch (IOException alreadyClosed) {
            // As it should be.
        }
    }

    /** May be called on any thread. */
    public void close() {
        try {
            door.close();
        } catch (IOException alreadyClosed) {
            // As it should be.
        }
        selector.wakeup();
    }
}
