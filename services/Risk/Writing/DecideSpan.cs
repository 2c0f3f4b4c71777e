using System.Diagnostics;
using EarlyWarning.Risk.Intake;

namespace EarlyWarning.Risk.Writing;

/// <summary>
/// The span of an append. It serves all calls that wait and is one: it belongs to the trace of the first that is sampled, and is linked
/// with the spans of the others in both directions. What is decided in it, and told because of it, goes on from there.
/// </summary>
internal static class DecideSpan
{
    private static readonly ActivitySource s_activities = new("EarlyWarning.Risk");

    /// <summary>Starts it; <see langword="null"/> where nobody listens or no call is traced.</summary>
    public static Activity? Start(string country, IReadOnlyList<WaitingBatch> included, int observations)
    {
        if (!s_activities.HasListeners())
        {
            return null;
        }

        var calls = included.Select(batch => batch.Span).OfType<Activity>().Distinct().ToList();
        var first = calls.Find(call => call.Recorded) ?? calls.FirstOrDefault();
        var span = first is null ? null : s_activities.StartActivity("decide", ActivityKind.Internal, first.Context);
        if (span is null)
        {
            return null;
        }

        span.SetTag("earlywarning.country", country).SetTag("earlywarning.observations", observations);
        foreach (var other in calls.Where(call => call != first))
        {
            span.AddLink(new(other.Context));
            other.AddLink(new(span.Context));
        }

        return span;
    }
}
