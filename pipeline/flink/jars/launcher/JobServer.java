import org.apache.beam.runners.flink.FlinkJobServerDriver;

/** Beam's job server for Flink, without what would make each job slow and without outliving the command it serves. */
public final class JobServer {
  private JobServer() {}

  public static void main(String[] arguments) throws Exception {
    // Beam uploads every jar that it finds here with every job, 160 MB to each host. The hosts have them.
    System.setProperty("java.class.path", "");
    if (Boolean.getBoolean("quickdraw.endsWithStandardInput")) {
      Thread watcher = new Thread(JobServer::endWithStandardInput, "end-with-standard-input");
      watcher.setDaemon(true);
      watcher.start();
    }
    FlinkJobServerDriver.main(arguments);
  }

  /** The pipe of a command closes however the command ends, also by SIGKILL. */
  private static void endWithStandardInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (java.io.IOException closed) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }
}
