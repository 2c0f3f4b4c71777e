using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Health;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Status;

/// <summary>Intake, store and disk.</summary>
internal sealed class StoreLines(IStoreHealth health) : IStatusSource
{
    private const long LowDisk = 1L << 30;
    private const long LargeLog = 512L << 20;

    private static readonly Gauge s_available = new("earlywarning.store.available", null, "1 while the store confirms durable writes.");
    private static readonly Gauge s_quiet = new(
        "earlywarning.store.quiet",
        null,
        "1 while the store is only read, until somebody takes it over."
    );
    private static readonly Gauge s_size = new("earlywarning.store.size", "By", "What the store takes, its log included.");
    private static readonly Gauge s_log = new("earlywarning.store.log.size", "By", "What the store's write-ahead log takes.");
    private static readonly Gauge s_free = new("earlywarning.store.disk.free", "By", "What is free on the store's disk.");
    private static readonly Gauge s_write = new(
        "earlywarning.store.write.time",
        "s",
        "How long the last durable probe took, its wait included."
    );
    private static readonly Gauge s_entries = new("earlywarning.store.archive.entries", "{entry}", "Entries of journals in the archive.");
    private static readonly Gauge s_archive = new("earlywarning.store.archive.size", "By", "What the archive's files take.");
    private static readonly Gauge s_faulty = new("earlywarning.store.archive.faulty", null, "1 while the archive has a fault.");

    public string Name => "store";

    public Heading Heading => Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_available, s_quiet, s_size, s_log, s_free, s_write, s_entries, s_archive, s_faulty];

    public Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var status = health.Status;
        return Task.FromResult<StatusReport>(
            new(
                Lines(status),
                [
                    s_available.Is(status.Available),
                    s_quiet.Is(health.Quiet.Length > 0),
                    .. s_size.Known(status.UsedBytes),
                    .. s_log.Known(status.LogBytes),
                    .. s_free.Known(status.FreeBytes),
                    .. s_write.Known(status.WriteTime?.TotalSeconds),
                    s_entries.Is(status.Archive.Entries),
                    s_archive.Is(status.Archive.Bytes),
                    s_faulty.Is(status.Archive.Fault.Length > 0),
                ]
            )
        );
    }

    private List<StatusLine> Lines(StoreStatus status)
    {
        List<StatusLine> lines =
        [
            health.Quiet.Length > 0
                ? new()
                {
                    Subject = "intake",
                    Health = Health.Failing,
                    Text = $"Off, and nothing is sent: {health.Quiet}",
                    Action = "See that no other suite works with the same data, then `ew resume`.",
                }
            : status.Available
                ? new()
                {
                    Subject = "intake",
                    Health = Health.Ok,
                    Text = "On: observations are taken in.",
                }
            : new()
            {
                Subject = "intake",
                Health = Health.Failing,
                Text = $"Off: {status.Reason}",
                Action = "Bring the store back; senders keep what was not acknowledged and send it again.",
            },
            new()
            {
                Subject = "store",
                Health =
                    !status.Available ? Health.Failing
                    : status.Note.Length > 0 ? Health.Attention
                    : Health.Ok,
                Text =
                    (
                        status.UsedBytes is { } used
                            ? $"Holds {used / 1e6:0} MB{(status.DataDirectory is { } folder ? $" in {folder}" : "")}."
                            : "Answers."
                    ) + (status.Note.Length > 0 ? $" {status.Note}" : ""),
                Action = status.Available ? "" : "Look at the store's disk and process.",
            },
        ];
        if (status.FreeBytes is { } free)
        {
            lines.Add(
                new()
                {
                    Subject = "disk",
                    Health = free < LowDisk ? Health.Attention : Health.Ok,
                    Text = $"{free / 1e9:0.0} GB free.",
                    Action = free < LowDisk ? "Make room: on a full disk nothing is acknowledged." : "",
                }
            );
        }

        if (status.LogBytes is > LargeLog and var log)
        {
            lines.Add(
                new()
                {
                    Subject = "log",
                    Health = Health.Attention,
                    Text = $"The store's write-ahead log has grown to {log >> 20} MB.",
                    Action = "Find the program that holds the store open for reading, and end its read: at 1 GB intake answers RETRY.",
                }
            );
        }

        if (status.Archive is { Entries: > 0 } or { Fault.Length: > 0 })
        {
            var (entries, files, bytes, fault) = status.Archive;
            lines.Add(
                new()
                {
                    Subject = "archive",
                    Health = fault.Length > 0 ? Health.Attention : Health.Ok,
                    Text = FormattableString
                        .Invariant($"Old entries: {entries:N0}, in {bytes / 1e6:0.0} MB; files: {files}. {fault}")
                        .TrimEnd(),
                    Action =
                        fault.Length > 0
                            ? "Do as it says. The present and intake go on meanwhile; what is asked of the past may not be answered "
                                + "until then."
                            : "",
                }
            );
        }

        return lines;
    }
}
