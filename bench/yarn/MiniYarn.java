import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * Hadoop's own YARN for tests, a node in this process whose containers are processes; see bin/yarn-dev. Containers that use
 * more memory than they asked for are killed, as in a real one.
 */
final class MiniYarn {
    private MiniYarn() {}

    /** Takes the directory into which yarn-site.xml and core-site.xml are written, and runs until it is stopped. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        YarnConfiguration wanted = new YarnConfiguration();
        wanted.setInt("yarn.nodemanager.resource.memory-mb", 8192);
        wanted.setInt("yarn.nodemanager.resource.cpu-vcores", 4);
        wanted.setInt("yarn.scheduler.minimum-allocation-mb", 256);
        wanted.setInt("yarn.scheduler.maximum-allocation-mb", 4096);
        wanted.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
        wanted.setBoolean("yarn.nodemanager.pmem-check-enabled", true);
        wanted.setFloat("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 99.9f);
        wanted.set("yarn.scheduler.capacity.root.queues", "default");
        wanted.setInt("yarn.scheduler.capacity.root.default.capacity", 100);
        // A driver in the cluster is its application's master.
        wanted.setFloat("yarn.scheduler.capacity.maximum-am-resource-percent", 0.9f);
        MiniYARNCluster cluster = started(wanted);
        Path directory = Path.of(arguments[0]);
        Configuration core = new Configuration(false);
        core.set("fs.defaultFS", "file:///");
        write(core, directory.resolve("core-site.xml"));
        Configuration site = new Configuration(false);
        for (Map.Entry<String, String> entry : cluster.getConfig()) {
            if (entry.getKey().matches("yarn\\.resourcemanager\\.(.*address|hostname)")) {
                site.set(entry.getKey(), entry.getValue());
            }
        }
        // Spark brings Hadoop's classes along.
        site.set("yarn.application.classpath", "");
        write(site, directory.resolve("yarn-site.xml"));
        System.out.println("YARN is up: export HADOOP_CONF_DIR=" + directory);
        Thread.currentThread().join();
    }

    private static MiniYARNCluster started(YarnConfiguration wanted) {
        MiniYARNCluster cluster = new MiniYARNCluster("retort", 1, 1, 1, 1);
        try {
            cluster.init(wanted);
            cluster.start();
            return cluster;
        } catch (RuntimeException e) {
            // Threads of what did start would keep the process.
            e.printStackTrace();
            System.exit(1);
            throw e;
        }
    }

    private static void write(Configuration configuration, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            configuration.writeXml(out);
        }
    }
}
