using EarlyWarning.Board.Calls;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Status;

/// <summary>What one viewer is told of the suite beside its status. Immutable.</summary>
/// <param name="Info">Its particulars, processes and limits.</param>
/// <param name="Sources">Who has sent observations, and when.</param>
/// <param name="SetAside">The events that cannot be published as they are.</param>
/// <param name="Failed">The events that a service could not handle.</param>
/// <param name="Waiting">The messages that no channel has yet.</param>
/// <param name="GivenUp">The messages that were given up.</param>
/// <param name="Unaddressed">The messages for which the directory names nobody.</param>
public sealed record SystemFacts(
    Asked<GetServerInfoResponse> Info,
    Asked<ListSourcesResponse> Sources,
    Asked<ListEventsResponse> SetAside,
    Asked<ListEventsResponse> Failed,
    Asked<ListNotificationsResponse> Waiting,
    Asked<ListNotificationsResponse> GivenUp,
    Asked<ListNotificationsResponse> Unaddressed
)
{
    private const int Most = 200;

    /// <summary>Gets how many sources are known; <see langword="null"/> where that is not known.</summary>
    public int? SourceCount => Sources.Answer?.Sources.Count;

    /// <summary>Asks for all of it at once, in the viewer's name: what fails leaves the rest as it is.</summary>
    internal static async Task<SystemFacts> LoadAsync(SuiteClient suite, IViewer viewer, CancellationToken cancellationToken)
    {
        var call = SuiteClient.Call(viewer, cancellationToken);
        var events = viewer.Reach(Permission.EventManage) is null;
        var info = Asked<GetServerInfoResponse>.Of(suite.Server.GetServerInfoAsync(new(), call));
        var sources = Asked<ListSourcesResponse>.Of(suite.Observations.ListSourcesAsync(new(), call));
        var (aside, failed) = (Events(Event.Types.State.SetAside), Events(Event.Types.State.Failed));
        var (waiting, givenUp) = (Messages(Notification.Types.State.Pending), Messages(Notification.Types.State.GivenUp));
        var unaddressed = Messages(Notification.Types.State.Unaddressed);
        return new(await info, await sources, await aside, await failed, await waiting, await givenUp, await unaddressed);

        Task<Asked<ListEventsResponse>> Events(Event.Types.State state) =>
            Asked<ListEventsResponse>.Of(events ? suite.Events.ListEventsAsync(new() { State = state, PageSize = Most }, call) : null);

        Task<Asked<ListNotificationsResponse>> Messages(Notification.Types.State state) =>
            Asked<ListNotificationsResponse>.Of(
                viewer.Reach(Permission.WarningRead) is null
                    ? suite.Notifications.ListNotificationsAsync(new() { State = state, PageSize = Most }, call)
                    : null
            );
    }
}
