using System.Diagnostics;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Store.Committing;

/// <summary>Spans of commits, with OpenTelemetry's attributes for databases.</summary>
internal static class StoreSpans
{
    public static ActivitySource Source { get; } = new("EarlyWarning.Store");

    /// <summary>
    /// Commits within a span where something that is traced waits for it: its time is that of the wait, in the group that it went with.
    /// </summary>
    public static async Task CommitAsync(
        Func<Unit, CancellationToken, Task> commit,
        Unit unit,
        bool server,
        CancellationToken cancellationToken
    )
    {
        // What the suite does for itself, every second, would be traces of one span each.
        using var span = Activity.Current is null || unit.IsEmpty ? null : Source.StartActivity("commit", ActivityKind.Client);
        span?.SetTag("db.system.name", server ? "postgresql" : "sqlite").SetTag("db.operation.name", "COMMIT");
        try
        {
            await commit(unit, cancellationToken);
        }
        catch (Exception exception)
        {
            span?.SetTag("error.type", exception.GetType().Name).Fail(exception.Message);
            throw;
        }
    }
}
