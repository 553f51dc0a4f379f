package io.rdsagent.lease;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The leases as one round finds them. */
final class Sorted {

    /** In pools; what belongs to no pool is not ours to close. */
    final List<Lease> past = new ArrayList<>();
    /** In pools, and past their time by age soon or already. */
    final List<Lease> due = new ArrayList<>();

    final Set<Recipe> recipes = new HashSet<>();
    /** Past their time, and in no pool that is there. */
    final List<Lease> free = new ArrayList<>();

    boolean any;
    long earliest = Lease.NEVER;

    void add(Lease lease, boolean isPast, long now) {
        boolean isPooled = lease.isPooled();
        any = true;
        if (isPast) {
            (isPooled ? past : free).add(lease);
        } else {
            wake(lease.deadline(), now);
        }
        if (isPooled && lease.recipe() != null) {
            recipes.add(lease.recipe());
            prepare(lease, now);
        }
    }

    private void prepare(Lease lease, long now) {
        if (lease.deadline() == Lease.NEVER) {
            return;
        }
        long from = lease.deadline() - lease.lead();
        if (now >= from) {
            due.add(lease);
        } else {
            wake(from, now);
        }
    }

    /** Those in no pool, and those in pools whose turn it is. */
    List<Lease> leaving(long now) {
        List<Lease> leaving = new ArrayList<>(free);
        for (Lease lease : past) {
            if (lease.hasTurn() || lease.isToGo(now)) {
                leaving.add(lease);
            }
        }
        return leaving;
    }

    private void wake(long at, long now) {
        earliest = Math.min(earliest, Math.max(at, now));
    }
}
