using System.Diagnostics;

namespace EarlyWarning.Indicators.Intake;

/// <content>Spans of batches that come on a stream.</content>
internal sealed partial class ObservationIntake
{
    private static readonly ActivitySource s_activities = new("EarlyWarning.Indicators");

    /// <summary>
    /// Takes a batch of a stream in. It has a trace of its own, linked to the stream's: a stream may last for months, and no store of
    /// traces takes one that never ends.
    /// </summary>
    public Task<BatchAnswer> RecordOfStreamAsync(IReadOnlyList<V1.Observation> items, bool backfill, IReadOnlySet<string>? granted) =>
        s_activities.HasListeners()
            ? RecordTracedAsync(items, backfill, granted)
            : RecordAsync(items, backfill, validateOnly: false, granted);

    private Task<BatchAnswer> RecordTracedAsync(IReadOnlyList<V1.Observation> items, bool backfill, IReadOnlySet<string>? granted)
    {
        var stream = Activity.Current;
        Activity.Current = null;
        var span = s_activities.StartActivity(
            "record observations",
            ActivityKind.Server,
            default(ActivityContext),
            links: stream is null ? [] : [new(stream.Context)]
        );
        span?.SetTag("earlywarning.observations", items.Count).SetTag("earlywarning.backfill", backfill);
        try
        {
            var answering = RecordAsync(items, backfill, validateOnly: false, granted);
            return span is null ? answering : EndAsync(answering, span);
        }
        catch
        {
            span?.Dispose();
            throw;
        }
        finally
        {
            Activity.Current = stream;
        }
    }

    private static async Task<BatchAnswer> EndAsync(Task<BatchAnswer> answering, Activity span)
    {
        using (span)
        {
            return await answering;
        }
    }
}
