package io.rdsagent.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.gridkit.jvmtool.heapdump.HeapWalker;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.Value;

/** What is reachable in another JVM. */
final class HeapDump {

    private static final int LONGEST_WAY = 20;

    private final Heap heap;

    private HeapDump(Heap heap) {
        this.heap = heap;
    }

    static HeapDump of(long pid, Path file) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.heap_dump", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("no heap dump of " + pid);
        }
        return new HeapDump(HeapFactory.createHeap(file.toFile()));
    }

    /** For each text in which the pattern is found, the classes of all that holds it and of one way up to the roots. */
    List<Set<String>> holders(Pattern pattern) {
        List<Set<String>> holders = new ArrayList<>();
        for (Instance array : heap.getJavaClassByName("byte[]").getInstances()) {
            byte[] bytes = HeapWalker.primitiveArrayValue(array);
            if (pattern.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find()) {
                Set<String> all = wayUp(array);
                for (Instance text : owners(array)) {
                    all.add(text.getJavaClass().getName());
                    owners(text).forEach(owner -> all.add(owner.getJavaClass().getName()));
                }
                holders.add(all);
            }
        }
        return holders;
    }

    private static List<Instance> owners(Instance of) {
        return of.getReferences().stream().map(Value::getDefiningInstance).toList();
    }

    private static Set<String> wayUp(Instance from) {
        Set<String> way = new LinkedHashSet<>();
        Instance at = from;
        while (at != null && !at.isGCRoot() && way.size() < LONGEST_WAY) {
            way.add(at.getJavaClass().getName());
            at = at.getNearestGCRootPointer();
        }
        return way;
    }
}
