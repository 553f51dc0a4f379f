package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.DirContext;
import javax.naming.spi.InitialContextFactory;

/**
 * The JDK's DNS client. Its factory is looked up past {@code javax.naming}'s own machinery, which belongs to the
 * application: an application server replaces the maker of contexts for the whole JVM.
 */
final class JndiDns implements Alias.Dns, DnsAddresses.Dns {

    private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";
    private static final String[] ADDRESSES = {"A", "AAAA"};

    private final InitialContextFactory factory;
    private final String servers;

    private JndiDns(InitialContextFactory factory, String servers) {
        this.factory = factory;
        this.servers = servers;
    }

    /**
     * @param server null for the platform's
     * @return null where the runtime was made without the module {@code jdk.naming.dns}
     */
    static JndiDns of(HostPort server) {
        InitialContextFactory factory = factory();
        return factory == null ? null : new JndiDns(factory, server == null ? "dns:" : "dns://" + server);
    }

    private static InitialContextFactory factory() {
        try {
            Iterator<InitialContextFactory> provided = ServiceLoader.load(
                            InitialContextFactory.class, JndiDns.class.getClassLoader())
                    .iterator();
            while (provided.hasNext()) {
                InitialContextFactory factory = provided.next();
                if (factory.getClass().getName().equals(FACTORY)) {
                    return factory;
                }
            }
            // Java 8 has no modules that could provide it.
            return Class.forName(FACTORY, true, null)
                    .asSubclass(InitialContextFactory.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError | ServiceConfigurationError absent) {
            return null;
        }
    }

    @Override
    public String cname(String host) throws NamingException {
        Attribute cname = attributes(host, "CNAME").get("CNAME");
        return cname == null ? null : String.valueOf(cname.get());
    }

    /** The server itself follows aliases. */
    @Override
    public List<String> addresses(String host) throws NamingException {
        List<String> addresses = new ArrayList<>();
        for (String type : ADDRESSES) {
            // Each by itself: asked for two, it would ask for ANY, which servers don't answer.
            Attribute records = attributes(host, type).get(type);
            for (int i = 0; records != null && i < records.size(); i++) {
                addresses.add(String.valueOf(records.get(i)));
            }
        }
        return addresses;
    }

    /** The provider for DNS makes strings of what it is told, and no objects. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private Attributes attributes(String host, String type) throws NamingException {
        Hashtable<String, String> wish = new Hashtable<>();
        wish.put(Context.PROVIDER_URL, servers);
        wish.put("com.sun.jndi.dns.timeout.initial", "300");
        wish.put("com.sun.jndi.dns.timeout.retries", "2");
        DirContext context = (DirContext) factory.getInitialContext(wish);
        try {
            return context.getAttributes(host, new String[] {type});
        } catch (NameNotFoundException none) {
            return new BasicAttributes();
        } finally {
            context.close();
        }
    }
}
