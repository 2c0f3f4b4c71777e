using System.Diagnostics;

namespace EarlyWarning.Risk.Countries;

/// <content>
/// The span of an append. It serves all calls that wait and is one: it belongs to the trace of the first that is sampled, and is linked
/// with the spans of the others in both directions. What is decided in it, and told because of it, goes on from there.
/// </content>
internal sealed partial class CountryGrain
{
    private static readonly ActivitySource s_activities = new("EarlyWarning.Risk");

    private async Task CommitTracedAsync()
    {
        var calls = _included.Select(batch => batch.Span).OfType<Activity>().Distinct().ToList();
        var first = calls.Find(call => call.Recorded) ?? calls.FirstOrDefault();
        using var span = first is null ? null : s_activities.StartActivity("decide", ActivityKind.Internal, first.Context);
        if (span is not null)
        {
            span.SetTag("earlywarning.country", Country).SetTag("earlywarning.observations", _commit.Rows.Length);
            foreach (var other in calls.Where(call => call != first))
            {
                span.AddLink(new(other.Context));
                other.AddLink(new(span.Context));
            }
        }

        await CommitRowsAsync(_included[0].Backfill);
        span?.SetTag("earlywarning.revision", _state!.Position);
    }
}
