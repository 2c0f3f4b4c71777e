using System.Diagnostics;

namespace EarlyWarning.Store.Tracing;

/// <summary>
/// Spans that go on from what a row keeps, because what they belong to ran before, perhaps before a restart. A row keeps a W3C
/// <c>traceparent</c>.
/// </summary>
public static class Traces
{
    /// <summary>Gets the <c>traceparent</c> of what runs now; empty where nothing that is traced does.</summary>
    public static string Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : "";

    /// <summary>Begins a span as a child of what is kept, whatever runs now; with nothing kept it begins a trace of its own.</summary>
    /// <param name="source">Whose span.</param>
    /// <param name="name">What is done, in the field's terms.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="traceParent">What is kept; one that is none counts as nothing.</param>
    /// <returns>The span; <see langword="null"/> where nobody listens, or this one is not sampled.</returns>
    public static Activity? StartChild(this ActivitySource source, string name, ActivityKind kind, string traceParent)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        return source.StartActivity(name, kind, Read(traceParent) ?? default);
    }

    /// <summary>
    /// Begins a span with a trace of its own that names what led to it: for what happens later, when the trace of the cause is long
    /// complete.
    /// </summary>
    /// <param name="source">Whose span.</param>
    /// <param name="name">What is done, in the field's terms.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="traceParents">What is kept of the causes.</param>
    /// <returns>The span; <see langword="null"/> where nobody listens, or this one is not sampled.</returns>
    public static Activity? StartLinked(this ActivitySource source, string name, ActivityKind kind, params IEnumerable<string> traceParents)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        var causes = traceParents
            .Distinct(StringComparer.Ordinal)
            .Select(Read)
            .OfType<ActivityContext>()
            .Select(context => new ActivityLink(context));
        return source.StartActivity(name, kind, default(ActivityContext), links: [.. causes]);
    }

    /// <summary>Marks a span as failed; nothing where there is none.</summary>
    public static void Fail(this Activity? span, string why) => span?.SetStatus(ActivityStatusCode.Error, why);

    private static ActivityContext? Read(string traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : null;
}
