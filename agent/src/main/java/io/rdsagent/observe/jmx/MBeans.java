package io.rdsagent.observe.jmx;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.function.BiConsumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Shows the agent in JMX once the application has made the platform's MBean server. It is not for the agent to make it:
 * that chooses the builder of MBean servers, and on Java 8 the log manager, before an application server has said which.
 */
public final class MBeans {

    static final String DOMAIN = "io.rdsagent";

    private static final String NAME_OF_THE_PLATFORMS_OWN = "java.lang:type=Runtime";

    private final AgentMXBean agent;
    private final MeterRegistry registry;
    private final BiConsumer<String, Throwable> faults;
    private WeakReference<MBeanServer> registeredAt = new WeakReference<>(null);
    private boolean listening;

    public MBeans(AgentMXBean agent, MeterRegistry registry, BiConsumer<String, Throwable> faults) {
        this.agent = agent;
        this.registry = registry;
        this.faults = faults;
    }

    /** To be called now and then, on one thread; costs next to nothing while there is nothing to do. */
    public void look() {
        if (registeredAt.get() != null) {
            return;
        }
        MBeanServer platform = platform();
        if (platform != null) {
            registeredAt = new WeakReference<>(platform);
            register(platform);
        }
    }

    /** Null while there is none. */
    private static MBeanServer platform() {
        try {
            ObjectName own = new ObjectName(NAME_OF_THE_PLATFORMS_OWN);
            for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
                if (server.isRegistered(own)) {
                    return server;
                }
            }
            return null;
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void register(MBeanServer server) {
        try {
            register(server, DOMAIN + ":type=Agent", new StandardMBean(agent, AgentMXBean.class, true));
        } catch (JMException | RuntimeException refused) {
            faults.accept("JMX", refused);
        }
        if (!listening) {
            listening = true;
            registry.config().onMeterAdded(this::added);
        }
        registry.getMeters().forEach(this::added);
    }

    private void added(Meter meter) {
        MBeanServer server = registeredAt.get();
        if (server == null) {
            return;
        }
        try {
            register(server, name(meter), new MeterMBean(meter));
        } catch (JMException | RuntimeException refused) {
            faults.accept("JMX", refused);
        }
    }

    /** Nothing of the agent is shown any more. */
    public void close() {
        MBeanServer server = registeredAt.get();
        registeredAt.clear();
        try {
            for (ObjectName ours : server == null
                    ? Collections.<ObjectName>emptySet()
                    : server.queryNames(new ObjectName(DOMAIN + ":*"), null)) {
                server.unregisterMBean(ours);
            }
        } catch (JMException | RuntimeException refused) {
            faults.accept("JMX", refused);
        }
    }

    private static String name(Meter meter) {
        StringBuilder name =
                new StringBuilder(DOMAIN + ":type=Metric,name=" + meter.getId().getName());
        for (Tag tag : meter.getId().getTagsAsIterable()) {
            name.append(',').append(tag.getKey()).append('=').append(ObjectName.quote(tag.getValue()));
        }
        return name.toString();
    }

    private static void register(MBeanServer server, String name, Object bean) throws JMException {
        ObjectName asObject = new ObjectName(name);
        // Those of an agent that was attached before, from another copy of the jar.
        if (server.isRegistered(asObject)) {
            server.unregisterMBean(asObject);
        }
        server.registerMBean(bean, asObject);
    }
}
