package com.example;

import java.io.IOException;
import javax.sql.DataSource;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** A bundle that takes the data source which another bundle offers as a service. */
public final class PulseActivator implements BundleActivator {

    private ServiceTracker<DataSource, DataSource> tracker;

    @Override
    public void start(BundleContext context) throws Exception {
        tracker = new ServiceTracker<DataSource, DataSource>(
                context, context.createFilter("(osgi.jndi.service.name=orders)"), null) {
            @Override
            public DataSource addingService(ServiceReference<DataSource> reference) {
                DataSource pool = context.getService(reference);
                try {
                    new Pulse(pool).serve(Integer.getInteger("pulse.port"));
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
                return pool;
            }
        };
        tracker.open();
    }

    @Override
    public void stop(BundleContext context) {
        tracker.close();
    }
}
