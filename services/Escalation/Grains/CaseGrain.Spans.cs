using System.Diagnostics;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Escalation.Grains;

/// <content>
/// The span of what time does in a case. A ladder climbs for days: each further step has a trace of its own, linked with what began the
/// climb.
/// </content>
internal sealed partial class CaseGrain
{
    private static readonly ActivitySource s_activities = new("EarlyWarning.Escalation");

    private async Task<bool> ReviewTracedAsync()
    {
        var before = await parts.Reader.OpenAsync(Country, CancellationToken.None);
        var due =
            before?.Due <= parts.Time.GetUtcNow()
                ? before.Head.Climbs.Where(climb => climb.DueTime is not null).MinBy(climb => climb.DueTime)
                : null;
        using var span = due is null
            ? null
            : s_activities.StartLinked(
                "climb",
                ActivityKind.Internal,
                before!.Internals.Climbs.Where(climb => climb.Number == due.Number).Select(climb => climb.Trace)
            );
        span?.SetTag("earlywarning.case", before!.Head.Name)
            .SetTag("earlywarning.country", Country)
            .SetTag("earlywarning.climb", due!.Number)
            .SetTag("earlywarning.step", due.CurrentStep);
        return await DecideAsync(ReviewAsync);
    }
}
