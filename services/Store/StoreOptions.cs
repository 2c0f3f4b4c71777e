namespace EarlyWarning.Store;

/// <summary>Where durable state is kept. Checked once at the start, all errors together.</summary>
public sealed class StoreOptions
{
    /// <summary>
    /// A StackExchange.Redis connection string to an outside Redis or Valkey, which must persist every write and never evict. Without one the
    /// embedded store is used.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The embedded store's folder, made where it is missing. Only one suite at a time may hold it.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>How much of the embedded store is kept in memory, in MiB; the rest is on disk. 16 to 65,536, by default 64.</summary>
    public int MemoryMegabytes { get; set; } = 64;

    /// <summary>
    /// How large the embedded store's log of changes may grow before a checkpoint is taken, in MiB. It is replayed at a start after a crash.
    /// 16 to 65,536, by default 256.
    /// </summary>
    public int CheckpointMegabytes { get; set; } = 256;

    /// <summary>How long an operation may wait for the store before it counts as unavailable. 100 ms to 60 s, by default 5 s.</summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a writer tries to find out whether an unclear append happened. Up to 5 minutes, by default 10 s.</summary>
    public TimeSpan UnclearTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many snapshots of a journal are kept, the newest. 1 to 1,000, by default 4.</summary>
    public int SnapshotsKept { get; set; } = 4;

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(DataDirectory))
        {
            errors.Add("Give the store either a data directory (embedded) or a connection string (an outside Redis), not both.");
        }

        Check(MemoryMegabytes is >= 16 and <= 65_536, "The store's memory must be 16 to 65536 MiB.");
        Check(CheckpointMegabytes is >= 16 and <= 65_536, "The store's checkpoint size must be 16 to 65536 MiB.");
        Check(OperationTimeout >= TimeSpan.FromMilliseconds(100) && OperationTimeout <= TimeSpan.FromMinutes(1), "The store's operation timeout must be 100 ms to 60 s.");
        Check(UnclearTimeout >= TimeSpan.Zero && UnclearTimeout <= TimeSpan.FromMinutes(5), "The store's unclear timeout must be 0 to 5 minutes.");
        Check(SnapshotsKept is >= 1 and <= 1_000, "The store must keep 1 to 1000 snapshots of a journal.");
        return errors;

        void Check(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }
}
