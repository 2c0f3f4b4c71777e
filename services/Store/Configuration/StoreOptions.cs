using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Store.Configuration;

/// <summary>Where durable state is kept.</summary>
public sealed class StoreOptions
{
    /// <summary>
    /// Npgsql's connection string to PostgreSQL, which several processes may share. Without one the store is a file of SQLite in
    /// <see cref="DataDirectory"/>.
    /// </summary>
    [Browsable(false)]
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The suite's folder, made where it is missing; only one suite at a time may hold it. Required, because it is marked with its store.
    /// </summary>
    [Browsable(false)]
    public string DataDirectory { get; set; } = "";

    /// <summary>Whether the store is an exercise's. One of actual data never becomes an exercise's, nor the other way round.</summary>
    [Browsable(false)]
    public bool Exercise { get; set; }

    /// <summary>
    /// Takes over, under a new epoch, whatever store is found, though it be another suite's, emptied or behind what this folder knows.
    /// Meant for one start; not across modes.
    /// </summary>
    [Browsable(false)]
    public bool Resume { get; set; }

    /// <summary>
    /// A copy that <c>ew backup</c> made, from which an empty folder, or database, is filled at the start; it starts quiet.
    /// </summary>
    [Browsable(false)]
    public string? RestoreFrom { get; set; }

    /// <summary>
    /// Whether this is one of several processes that write the store at the same time. They need a <see cref="ConnectionString"/>.
    /// Otherwise the process has the store for itself.
    /// </summary>
    [Browsable(false)]
    public bool Shared { get; set; }

    /// <summary>The services that run in this process, for the others; names without blanks.</summary>
    [Browsable(false)]
    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Where the others call this process; empty where it is alone.</summary>
    [Browsable(false)]
    public string Peer { get; set; } = "";

    /// <summary>The build that this process runs, for the others.</summary>
    [Browsable(false)]
    public string Version { get; set; } = "";

    /// <summary>How long an operation may wait for the store before it counts as unavailable. 100 ms to 60 s, by default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a start waits for a PostgreSQL that cannot be reached, starts, takes no more connections or no writes, before it ends. 0 to
    /// 1 day, by default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the store tries to find out whether an unclear commit happened. Up to 5 minutes, by default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan UnclearTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After which age the entries of a country's journal move into the archive, where they are read as before; <see langword="null"/> for
    /// never. More than nothing, at most 36,500 days; by default 400 days, so that a year and what it is compared with stay at hand.
    /// </summary>
    [Browsable(false)]
    public TimeSpan? ArchiveAfter { get; set; } = TimeSpan.FromDays(400);

    /// <summary>With less room than this on the folder's disk nothing is moved into the archive: what is left belongs to intake.</summary>
    internal long ArchiveReserve { get; set; } = Databases.Ballast.Size;

    /// <summary>Whether room is set aside for a full disk; a test's store in memory needs none.</summary>
    internal bool Ballast { get; set; } = true;

    /// <summary>Beyond how many bytes of SQLite's log nothing more is taken, because something keeps it from beginning anew.</summary>
    internal long LargestLog { get; set; } = 1L << 30;
}
