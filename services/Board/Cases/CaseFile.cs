using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Viewing;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Board.Cases;

/// <summary>All that a viewer is told of one case: the whole way, from what was observed to what was decided. Immutable.</summary>
/// <param name="Case">The case.</param>
/// <param name="Breaches">Its breaches, newest first.</param>
/// <param name="Notifications">Who was told or not, newest first.</param>
/// <param name="Observations">What moved the scores behind the breaches.</param>
/// <param name="Sentences">The way in plain words, with who was not told and by which rule.</param>
/// <param name="Recipients">Who of the directory answers for the country.</param>
public sealed record CaseFile(
    Case Case,
    IReadOnlyList<Breach> Breaches,
    IReadOnlyList<Notification> Notifications,
    IReadOnlyList<Observation> Observations,
    IReadOnlyList<string> Sentences,
    IReadOnlyList<Recipient> Recipients
)
{
    /// <summary>Asks for a case in the viewer's name.</summary>
    /// <exception cref="RpcException">There is none that the viewer may see, or the suite does not answer.</exception>
    internal static async Task<CaseFile> LoadAsync(SuiteClient suite, string name, IViewer viewer, CancellationToken cancellationToken)
    {
        var call = SuiteClient.Call(viewer, cancellationToken);
        var country = name["cases/".Length..].Split('-')[0];
        var way = suite.Traces.TraceAsync(new() { Id = name, Countries = { country } }, call).ResponseAsync;
        var recipients = suite.Notifications.ListRecipientsAsync(new() { PageSize = 1000, Countries = { country } }, call).ResponseAsync;
        var trace = await way;
        return new(
            trace.Cases.FirstOrDefault(one => one.Name == name) ?? throw new RpcException(new(StatusCode.NotFound, $"There is no {name}.")),
            [.. trace.Breaches.OrderByDescending(one => one.FireTime)],
            [.. trace.Notifications.OrderByDescending(one => one.CreateTime)],
            [.. trace.Observations.OrderByDescending(one => one.ObservedAt)],
            trace.Sentences,
            (await recipients).Recipients
        );
    }

    /// <summary>How a step stands, by what its messages have come to as well.</summary>
    internal StepState StateOf(Climb climb, Step step, DateTimeOffset now) =>
        StepStates.Of(climb, step, now) is var state && state == StepState.Told && Of(climb, step).Any(one => one.ReadTime is not null)
            ? StepState.Read
            : state;

    /// <summary>The messages that a step of a climb has led to.</summary>
    public IEnumerable<Notification> Of(Climb climb, Step step) =>
        Notifications.Where(one => one.Case == Case.Name && one.Climb == climb.Number && one.Step == step.Number);

    /// <summary>Where a case's page tells of a resource: its name, as an id of the page.</summary>
    public static string AnchorOf(string name) => name.Replace('/', '-');
}
