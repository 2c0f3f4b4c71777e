using System.Globalization;
using EarlyWarning.ServiceDefaults.Status;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Says how many long calls wait, run and are kept.</summary>
internal sealed class OperationStatus(OperationReader reader, LiveOperations live, OperationOptions options, TimeProvider time)
    : IStatusSource
{
    private const string Subject = "operations";
    private static readonly Gauge s_queued = new(
        "earlywarning.scoring.operations.queued",
        "{operation}",
        "Operations that wait for their turn."
    );
    private static readonly Gauge s_age = new(
        "earlywarning.scoring.operations.queued.age",
        "s",
        "Age of the oldest operation that waits; 0 where none does."
    );
    private static readonly Gauge s_running = new("earlywarning.scoring.operations.running", "{operation}", "Operations that run.");
    private static readonly Gauge s_failed = new(
        "earlywarning.scoring.operations.failed",
        "{operation}",
        "Operations that have failed and are kept."
    );
    private static readonly Gauge s_kept = new(
        "earlywarning.scoring.operations.kept.size",
        "By",
        "What the requests and results of all operations take."
    );

    public string Name => Subject;

    public V1.Heading Heading => V1.Heading.Path;

    public IReadOnlyList<Gauge> Gauges { get; } = [s_queued, s_age, s_running, s_failed, s_kept];

    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        var counts = await reader.CountAsync(cancellationToken);
        var running = await reader.InAsync(State.Running, cancellationToken);
        var (queued, now) = (counts.GetValueOrDefault(State.Queued), time.GetUtcNow());
        return new(
            [Line(counts, running, now)],
            [
                s_queued.Is(queued?.Count ?? 0),
                s_age.Age(queued?.Oldest, now),
                s_running.Is(running.Count),
                s_failed.Is(counts.GetValueOrDefault(State.Failed)?.Count ?? 0),
                s_kept.Is(counts.Values.Sum(count => count.Bytes)),
            ]
        );
    }

    private V1.StatusLine Line(IReadOnlyDictionary<State, OperationCount> counts, IReadOnlyList<OperationState> running, DateTimeOffset now)
    {
        var queued = counts.GetValueOrDefault(State.Queued);
        var (kept, bytes) = (counts.Values.Sum(count => count.Count), counts.Values.Sum(count => count.Bytes));
        var text =
            string.Create(
                CultureInfo.InvariantCulture,
                $"{queued?.Count ?? 0} wait{Since(queued, now)}, {running.Count} run{string.Concat(running.Select(one => Say(one, now)))}; "
            )
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{kept} are kept, in {bytes / 1e6:0.0} MB, {counts.GetValueOrDefault(State.Failed)?.Count ?? 0} of them failed."
            );
        var isFull = queued?.Count >= options.MostQueued || kept >= options.MostKept || bytes >= options.MostKeptBytes;
        return isFull
            ? new()
            {
                Subject = Subject,
                Health = V1.Health.Attention,
                Text = $"No more are taken. {text}",
                Action = "Cancel or delete some: `ew operations` lists them, `ew operation NAME --cancel` and `--delete` do it.",
            }
            : new()
            {
                Subject = Subject,
                Health = V1.Health.Ok,
                Text = text,
            };
    }

    private static string Since(OperationCount? queued, DateTimeOffset now) =>
        queued is null ? "" : $" (the oldest for {DurationText.Say(now - queued.Oldest)})";

    private string Say(OperationState one, DateTimeOffset now)
    {
        var (share, phase) = live.ProgressOf(one.Name) ?? (0, "starting");
        return string.Create(
            CultureInfo.InvariantCulture,
            $" ({one.Name} for {one.Caller}: {phase}, {share * 100:0} % after {DurationText.Say(now - (one.Started ?? now))})"
        );
    }
}
