package io.rdsagent.it.observe;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The MBeans of another JVM, as a console sees them. */
public final class Jmx implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Jmx(JMXConnector connector) throws Exception {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    // The address is that of a process of the test's own.
    @SuppressWarnings("BanJNDI")
    public static Jmx of(long pid) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
        try {
            return new Jmx(JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent())));
        } finally {
            jvm.detach();
        }
    }

    public Set<ObjectName> names(String pattern) throws Exception {
        return server.queryNames(new ObjectName(pattern), null);
    }

    public Object get(String name, String attribute) throws Exception {
        return server.getAttribute(new ObjectName(name), attribute);
    }

    /** Every attribute of every MBean that matches, for what must not be in any. */
    public String everything(String pattern) throws Exception {
        StringBuilder all = new StringBuilder();
        for (ObjectName name : names(pattern)) {
            all.append(name).append('\n');
            for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                all.append(attribute.getName())
                        .append('=')
                        .append(server.getAttribute(name, attribute.getName()))
                        .append('\n');
            }
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
