package io.rdsagent.it.credentials;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A DNS server on loopback that knows aliases, and all addresses of some names (RFC 1035). */
public final class DnsStub implements AutoCloseable {

    private static final int TYPE_ADDRESS = 1;
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_SERVICE = 33;
    private static final int CLASS_INTERNET = 1;
    private static final int HEADER = 12;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final AtomicInteger questions = new AtomicInteger();
    private final Map<String, String> aliases;
    private final Map<String, List<String>> addresses;
    private final Map<String, List<String>> services;

    public DnsStub(Map<String, String> aliases) throws IOException {
        this(aliases, Map.of());
    }

    /** @param addresses IPv4, changed while it serves if the map is */
    public DnsStub(Map<String, String> aliases, Map<String, List<String>> addresses) throws IOException {
        this(aliases, addresses, Map.of());
    }

    private DnsStub(
            Map<String, String> aliases, Map<String, List<String>> addresses, Map<String, List<String>> services)
            throws IOException {
        this.aliases = aliases;
        this.addresses = addresses;
        this.services = services;
        Thread server = new Thread(this::serve, "dns-stub");
        server.setDaemon(true);
        server.start();
    }

    /** @param services the hosts and ports of each, the first the one to prefer (RFC 2782) */
    public static DnsStub ofServices(Map<String, List<String>> services) throws IOException {
        return new DnsStub(Map.of(), Map.of(), services);
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    public int questions() {
        return questions.get();
    }

    private void serve() {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                socket.receive(question);
                questions.incrementAndGet();
                byte[] answer = answer(question.getData());
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (question[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
            at += question[at] + 1;
        }
        int type = question[at + 2];
        List<byte[]> records = records(name.toString(), type);
        boolean known = Stream.of(aliases, addresses, services).anyMatch(some -> some.containsKey(name.toString()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(known ? 0x8580 : 0x8583);
        out.writeShort(1);
        out.writeShort(records.size());
        out.writeInt(0);
        out.write(question, HEADER, at + 5 - HEADER);
        for (byte[] record : records) {
            out.writeShort(0xC000 | HEADER);
            out.writeShort(type);
            out.writeShort(CLASS_INTERNET);
            out.writeInt(60);
            out.writeShort(record.length);
            out.write(record);
        }
        return bytes.toByteArray();
    }

    private List<byte[]> records(String name, int type) throws IOException {
        List<byte[]> records = new ArrayList<>();
        if (type == TYPE_CNAME && aliases.containsKey(name)) {
            records.add(encoded(aliases.get(name)));
        }
        if (type == TYPE_ADDRESS) {
            for (String address : addresses.getOrDefault(name, List.of())) {
                records.add(InetAddress.getByName(address).getAddress());
            }
        }
        if (type == TYPE_SERVICE) {
            for (String target : services.getOrDefault(name, List.of())) {
                records.add(service(records.size(), target));
            }
        }
        return records;
    }

    private static byte[] service(int priority, String target) throws IOException {
        String[] hostAndPort = target.split(":");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(priority);
        out.writeShort(0);
        out.writeShort(Integer.parseInt(hostAndPort[1]));
        out.write(encoded(hostAndPort[0]));
        return bytes.toByteArray();
    }

    private static byte[] encoded(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
