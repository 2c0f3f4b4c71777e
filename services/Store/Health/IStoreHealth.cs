namespace EarlyWarning.Store.Health;

/// <summary>Says whether the store confirms durable writes, as last tried. Cheap to ask; thread-safe.</summary>
public interface IStoreHealth
{
    /// <summary>The state as of the last probe, at most about a second old.</summary>
    StoreStatus Status { get; }

    /// <summary>
    /// Why the store is only read, in words for an operator, until somebody takes it over: it was restored, or its folder copied. Nothing
    /// is taken in, woken, published or sent meanwhile. Empty where the store is in use.
    /// </summary>
    string Quiet { get; }
}

/// <summary>The store's state.</summary>
/// <param name="Available">Whether the last durable write was confirmed.</param>
/// <param name="Reason">Why it is unavailable and what to do, in words for an operator; empty while it is available.</param>
/// <param name="DataDirectory">The embedded store's folder; <see langword="null"/> for an outside store.</param>
/// <param name="FreeBytes">Free space on the folder's disk; <see langword="null"/> where it is not known.</param>
/// <param name="UsedBytes">What the folder's files take, or an outside store's memory; <see langword="null"/> where it is not
/// known.</param>
public sealed record StoreStatus(bool Available, string Reason, string? DataDirectory, long? FreeBytes, long? UsedBytes)
{
    /// <summary>What is odd about the store although it works, in words for an operator; empty where nothing is.</summary>
    public string Note { get; init; } = "";

    /// <summary>
    /// The bytes of the embedded store's write-ahead log; <see langword="null"/> where it is not known, or an outside store's own affair.
    /// </summary>
    public long? LogBytes { get; init; }

    /// <summary>
    /// How long the last durable probe took, its wait for what was being written included; <see langword="null"/> where it failed.
    /// </summary>
    public TimeSpan? WriteTime { get; init; }

    /// <summary>What was moved out of the store into the archive, as of at most a minute ago.</summary>
    public ArchiveStatus Archive { get; init; } = new(0, 0, 0, "");
}

/// <summary>The archive's state.</summary>
/// <param name="Entries">How many entries of journals are in it.</param>
/// <param name="Files">In how many files.</param>
/// <param name="Bytes">What these take.</param>
/// <param name="Fault">
/// Why nothing can be moved into it, or read from it, and what to do, in words for an operator; empty where all is well.
/// </param>
public sealed record ArchiveStatus(long Entries, int Files, long Bytes, string Fault);
