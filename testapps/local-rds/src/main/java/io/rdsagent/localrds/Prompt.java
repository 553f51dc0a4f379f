package io.rdsagent.localrds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads a person's or a script's orders, one a line, and carries them out. Each ends with a line that says what happened. */
final class Prompt {

    private static final String HELP = """
            status      the nodes, their roles, and who is connected
            logins      who tried to log in with a token, and what became of it
            kill N      SIGKILL node N             start N     start it again
            stop N      shut node N down           promote N   make node N the writer
            freeze N    SIGSTOP node N             thaw N      let it go on
            cut N       the network drops all that is sent to node N, until thaw
            switch N    make node N the writer, and leave the old one's sessions open (not PostgreSQL)
            point N     the cluster's name leads to node N
            point-reader N   the reader name leads to node N
            quit        end everything""";

    private final LocalRds rds;
    private final BufferedReader in;
    private final PrintWriter out;
    private final Map<String, Consumer<Node>> orders = new TreeMap<>();

    Prompt(LocalRds rds, BufferedReader in, PrintWriter out) {
        this.rds = rds;
        this.in = in;
        this.out = out;
        orders.put("kill", Node::kill);
        orders.put("start", Node::start);
        orders.put("stop", Node::stop);
        orders.put("promote", Node::promote);
        orders.put("freeze", Node::freeze);
        orders.put("thaw", Node::thaw);
        orders.put("cut", Node::cutOff);
        orders.put("switch", Node::switchOver);
        orders.put("point", rds::pointClusterAt);
        orders.put("point-reader", rds::pointReaderAt);
    }

    /** Returns at {@code quit} or at the end of the input. */
    void run() throws IOException {
        out.println("Type help for what can be done here, quit to end.");
        for (String line = next(); line != null && !line.equals("quit"); line = next()) {
            try {
                obey(line);
            } catch (RuntimeException e) {
                out.println("Not done: " + e.getMessage());
            }
        }
        out.println("The cluster ends.");
    }

    private String next() throws IOException {
        out.print("> ");
        out.flush();
        String line = in.readLine();
        return line == null ? null : line.trim();
    }

    private void obey(String line) {
        List<String> words = List.of(line.split("\\s+", -1));
        switch (words.get(0)) {
            case "" -> {
                // An empty line asks for nothing.
            }
            case "status" -> status();
            case "logins" -> logins();
            case "help" -> out.println(HELP);
            default -> order(words);
        }
    }

    private void order(List<String> words) {
        Consumer<Node> order = orders.get(words.get(0));
        if (order == null) {
            out.println("Nothing here is called " + words.get(0) + ". Type help for what is.");
            return;
        }
        String number = words.size() == 2 ? words.get(1) : "";
        if (!number.matches("[0-9]")
                || Integer.parseInt(number) < 1
                || Integer.parseInt(number) > rds.nodes().size()) {
            out.println("Which node? Say " + words.get(0) + " and a number from 1 to "
                    + rds.nodes().size() + ".");
            return;
        }
        Node node = rds.node(Integer.parseInt(number));
        order.accept(node);
        out.println("Done: " + words.get(0) + " " + node.name() + ". The writer is "
                + rds.writer().name() + ".");
    }

    private void status() {
        for (Node node : rds.nodes()) {
            out.println("  " + node.name() + "  " + node.address() + ":" + node.port() + "  "
                    + (node.isWriter() ? "writer" : "reader") + "  " + state(node));
        }
    }

    private String state(Node node) {
        if (!node.running()) {
            return "not running";
        }
        if (node.frozen()) {
            return "frozen";
        }
        return "running, sessions of IAM users: "
                + rds.admin(node, rds.kind().sessionsSql()).get(0).get(0);
    }

    private void logins() {
        List<Login> logins = rds.log().logins();
        out.println(logins.isEmpty() ? "Nobody has tried to log in with a token yet." : logins.size() + " logins:");
        logins.forEach(login -> out.println("  " + login));
    }
}
