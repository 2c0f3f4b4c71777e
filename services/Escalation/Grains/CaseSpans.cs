using System.Diagnostics;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Escalation.Grains;

/// <summary>
/// The span of what time does in a case. A ladder climbs for days: each further step has a trace of its own, linked with what began the
/// climb.
/// </summary>
internal static class CaseSpans
{
    private static readonly ActivitySource s_activities = new("EarlyWarning.Escalation");

    /// <summary>Whether anybody wants it, so that nothing is read for it otherwise.</summary>
    public static bool AreWanted => s_activities.HasListeners();

    /// <summary>Begins it in the caller's own flow.</summary>
    /// <param name="before">The case in which something is due; without one there is no span.</param>
    public static Activity? Climb(CaseState? before)
    {
        var due = before?.Head.Climbs.Where(climb => climb.DueTime is not null).MinBy(climb => climb.DueTime);
        return due is null
            ? null
            : s_activities
                .StartLinked(
                    "climb",
                    ActivityKind.Internal,
                    before!.Internals.Climbs.Where(climb => climb.Number == due.Number).Select(climb => climb.Trace)
                )
                ?.SetTag("earlywarning.case", before.Head.Name)
                .SetTag("earlywarning.country", before.Head.Country)
                .SetTag("earlywarning.climb", due.Number)
                .SetTag("earlywarning.step", due.CurrentStep);
    }
}
