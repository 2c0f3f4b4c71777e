using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Notification.Journal;
using EarlyWarning.Notification.Routing;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Outbox;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace EarlyWarning.Notification.Desk;

/// <summary>
/// The desk: keeps all notifications in memory, folded from the journal <c>notifications</c>, and tells recipients by webhook and inbox, and the
/// topic <c>notifications</c> of each outcome. Calls interleave; changes go through <see cref="DeskWriter"/> one after the other.
/// </summary>
[Reentrant]
internal sealed class NotificationDeskGrain(DeskParts parts, ILogger<NotificationDeskGrain> logger) : Grain, INotificationDeskGrain, IDeskGrain, IDisposable
{
    private const string Journal = "notifications";
    private const int SnapshotEvery = 5_000;

    private DeskWriter _writer = null!;
    private DeskDispatcher _dispatcher = null!;
    private DeskAlarm _alarm = null!;

    private DeskState State => _writer.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var journaled = await Journaled<DeskState>.OpenAsync(parts.Journals, Journal, new DeskFold(), SnapshotEvery, cancellationToken);
        _writer = new(journaled, parts.Time, e =>
        {
            logger.Broken(e);
            DeactivateOnIdle();
        });
        var self = this.AsReference<IDeskGrain>();
        _alarm = new(parts.Time, () => self.WakeAsync().Ignore());
        _dispatcher = new(
            _writer, new(_writer, parts.Time, logger), parts.Directory, parts.Sender, parts.Destinations, parts.Options,
            _alarm, parts.Time, logger);
        logger.Opened(State.All.Count, State.Unfinished.Count);
        _dispatcher.Wake();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // An activation that could not open has neither.
        _dispatcher?.Dispose();
        _alarm?.Dispose();
    }

    public Task HandleBreachAsync(string eventId, V1.Breach breach)
    {
        var directory = parts.Directory.Current;
        return HandleAsync(eventId, breach.Country, state => EventPlan.For(state, directory, eventId, breach));
    }

    public Task HandleEscalationAsync(string eventId, V1.Escalation escalation)
    {
        var directory = parts.Directory.Current;
        return HandleAsync(eventId, escalation.Case.Country, state => EventPlan.For(state, directory, eventId, escalation));
    }

    public async Task<V1.Notification?> MarkAsync(string name, bool acknowledged, string actor, bool actorVerified)
    {
        if (State.Find(name) is not { } entry)
        {
            return null;
        }

        await _writer.CommitAsync($"{entry.Id}/marked", addsWork: false, _ => IsMarked(entry, acknowledged) ? null : new Change
        {
            Marked = new Marked { Id = entry.Id, Acknowledged = acknowledged, Actor = actor, ActorVerified = actorVerified },
        });
        return entry.Message;
    }

    public Task<V1.Notification?> GetAsync(string name) => Task.FromResult(State.Find(name)?.Message);

    public Task<IReadOnlyList<V1.Notification>> ListAsync(V1.ListNotificationsRequest filter, int skip, int take) =>
        Task.FromResult<IReadOnlyList<V1.Notification>>([.. State.List(filter, long.MaxValue).Skip(skip).Take(take).Select(e => e.Message)]);

    public Task<NotificationPage> PageAsync(V1.ListNotificationsRequest filter, long before, int take)
    {
        var found = State.List(filter, before).Take(take + 1).ToList();
        var fit = PageFit.Count(found.Select(e => e.Message), take);
        return Task.FromResult(new NotificationPage([.. found.Take(fit).Select(e => e.Message)], found.Count > fit ? found[fit - 1].Ordinal : 0));
    }

    public Task<IReadOnlyList<string>> WhyNotToldAsync(string breach, string country)
    {
        var told = State.OfBreach(breach).Select(e => e.Message.Recipient).ToHashSet(StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<string>>(
            [.. parts.Directory.Current.Entries.Where(e => !told.Contains(e.Recipient.Name)).Select(e => Router.WhyNot(e, country))]);
    }

    public Task WakeAsync()
    {
        _dispatcher.Wake();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<V1.StatusLine>> StatusAsync() => Task.FromResult(Status.DeskStatus.Lines(State, parts.Destinations, parts.Time.GetUtcNow()));

    private async Task HandleAsync(string eventId, string country, Func<DeskState, EventHandled?> plan)
    {
        EventHandled? handled;
        do
        {
            var change = await _writer.CommitAsync(
                $"event/{country}",
                addsWork: true,
                state => plan(state) is { } next ? new Change { EventHandled = next } : null,
                (unit, part) => ConfirmLast(unit, part, eventId));
            handled = change?.EventHandled;
            foreach (var notice in handled?.Notices ?? [])
            {
                var entry = State.Find($"notifications/{notice.Id}")!;
                Meters.Made(notice.Channels.Count > 0);
                if (notice.Channels.Count == 0)
                {
                    logger.NotTold(entry.Message.Breach, notice.Reason);
                }

                _dispatcher.Begin(entry);
            }
        }
        while (handled is { EventId: "" });
    }

    /// <summary>An event that leads to many notifications is handled in parts, of which the last names it.</summary>
    private void ConfirmLast(Unit unit, Change? part, string eventId)
    {
        if (part is not { EventHandled.EventId: "" })
        {
            unit.Confirm(NotificationExtensions.AppId, eventId, parts.Time.GetUtcNow());
        }
    }

    private static bool IsMarked(NotificationEntry entry, bool acknowledged) =>
        acknowledged ? entry.Message.AcknowledgeTime is not null : entry.Message.ReadTime is not null;
}
