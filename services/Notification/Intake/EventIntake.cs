using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Routing;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Intake;

/// <summary>
/// Decides from the rows what an event leads to, and commits it as one unit: that it was handled, who is told, and what of that is an
/// outcome already. An event that was handled, or is outdated, leads to nothing. Thread-safe.
/// </summary>
internal sealed class EventIntake(
    IStore store,
    DirectorySource directory,
    MessageAuthor author,
    AttemptRunner runner,
    DispatchSignal signal,
    TimeProvider time,
    ILogger<EventIntake> logger
)
{
    /// <summary>So often somebody else may be first; then the event is delivered again.</summary>
    private const int MostTries = 5;

    /// <summary>Takes in a breach's change.</summary>
    public Task BreachAsync(string eventId, V1.Breach breach, CancellationToken cancellationToken) =>
        HandleAsync(eventId, unit => DecideAsync(unit, eventId, breach, cancellationToken), cancellationToken);

    /// <summary>Takes in a step of a case.</summary>
    public Task EscalationAsync(string eventId, V1.Escalation escalation, CancellationToken cancellationToken) =>
        HandleAsync(eventId, unit => DecideAsync(unit, eventId, escalation, cancellationToken), cancellationToken);

    private async Task HandleAsync(string eventId, Func<Unit, Task<Decided>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await TryHandleAsync(eventId, decide, last: attempt == MostTries, cancellationToken); attempt++) { }
    }

    private async Task<bool> TryHandleAsync(
        string eventId,
        Func<Unit, Task<Decided>> decide,
        bool last,
        CancellationToken cancellationToken
    )
    {
        var unit = new Unit();
        var decided = await decide(unit);
        var committed = false;
        try
        {
            await store.CommitAsync(unit.Confirm(NotificationEvents.AppId, eventId, time.GetUtcNow()), cancellationToken);
            committed = true;
        }
        catch (ConcurrentChangeException) when (!last)
        {
            // The same event, or another of the breach, was handled in between.
            return false;
        }
        finally
        {
            if (!committed)
            {
                runner.Release(decided.First);
            }
        }

        runner.Begin(decided.First, decided.Source);
        Tell(decided.First);
        return true;
    }

    private async Task<Decided> DecideAsync(Unit unit, string eventId, V1.Breach breach, CancellationToken cancellationToken)
    {
        long? known = await store.ReadAsync(
            new("select sequence from notification_breach where breach = $1", breach.Name),
            row => row.GetInt64(0),
            cancellationToken
        )
            is [var sequence]
            ? sequence
            : null;
        if (breach.Sequence <= known)
        {
            return Decided.Nothing;
        }

        var firing = breach.State == V1.Breach.Types.State.Firing;
        var current = directory.Current;

        // An end that comes before its beginning is told as the whole of it: the beginning, when it comes, is outdated, and nobody else
        // would ever hear that there was a breach.
        var route =
            firing || known is null
                ? Router.ForBreach(current, breach.Country)
                : Router.ForEnd(current, await ToldAsync(breach.Name, cancellationToken));
        unit.SetBreach(breach.Name, breach.Sequence, firing, known);
        if (!firing)
        {
            unit.SettleBreach(breach.Name);
        }

        return Add(unit, eventId, MessageText.Breach(breach), route, breach);
    }

    private async Task<Decided> DecideAsync(Unit unit, string eventId, V1.Escalation escalation, CancellationToken cancellationToken)
    {
        if (escalation.Settled)
        {
            unit.SettleClimb(escalation.Case.Name, escalation.Climb);
            return Decided.Nothing;
        }

        var handled = await store.ReadAsync(
            new("select 1 from notification_event where event = $1", eventId),
            row => row.GetInt64(0),
            cancellationToken
        );
        if (handled.Count > 0)
        {
            return Decided.Nothing;
        }

        var route = Router.ForStep(directory.Current, escalation);
        if (route.Nobody.Length == 0)
        {
            unit.SettleStep(escalation.Case.Name, escalation.Climb, escalation.Step);
        }

        return Add(unit, eventId, MessageText.Step(escalation), route, escalation.Case);
    }

    private Decided Add(Unit unit, string eventId, V1.Notification words, Route route, IMessage source)
    {
        var now = time.GetUtcNow();
        IReadOnlyList<Message> messages = [.. author.Write(eventId, words, route, directory.Current.Tlp, now)];
        if (messages.Count == 0)
        {
            return Decided.Nothing;
        }

        var owed = messages.Any(one => one.Told.State is V1.Notification.Types.State.Unaddressed || one.Waits);
        Decided decided = new(runner.Reserve(messages), owed ? source.ToByteString() : ByteString.Empty);
        unit.AddEvent(eventId, words, decided.Source).AddMessages(decided.First.Messages, store.Identity.Epoch, now);
        return decided;
    }

    /// <summary>Who was told of a breach, each once, as they were when they were told first.</summary>
    private async Task<IReadOnlyList<Addressee>> ToldAsync(string breach, CancellationToken cancellationToken)
    {
        var channels = await store.ReadAsync(
            new(
                """
                select m.recipient, m.recipient_name, m.role, d.channel, d.kind, d.destination from notification_message m
                join notification_delivery d on d.message = m.id where m.breach = $1 and m.recipient <> '' order by m.seq, d.channel
                """,
                breach
            ),
            row =>
                (
                    Recipient: row.GetString(0),
                    Name: row.GetString(1),
                    Role: (V1.Role)row.GetInt64(2),
                    Channel: new ChannelTarget(row.GetString(3), (V1.ChannelKind)row.GetInt64(4), null, [], row.GetString(5))
                ),
            cancellationToken
        );
        return
        [
            .. channels
                .GroupBy(one => one.Recipient, StringComparer.Ordinal)
                .Select(one => new Addressee(
                    one.Key,
                    one.First().Name,
                    one.First().Role,
                    "",
                    "",
                    [.. one.Select(row => row.Channel).DistinctBy(channel => channel.Id)]
                )),
        ];
    }

    private void Tell(FirstAttempts first)
    {
        foreach (var message in first.Messages.Where(message => message.Told.Recipient.Length == 0))
        {
            logger.NotTold(message.Told.Breach, message.Told.Reason);
        }

        if (first.LeavesWaiting)
        {
            signal.Set();
        }
    }

    /// <summary>What an event leads to.</summary>
    /// <param name="First">The messages, and the attempts that begin with them.</param>
    /// <param name="Source">What the event carried, where something of it is owed.</param>
    private sealed record Decided(FirstAttempts First, ByteString Source)
    {
        public static Decided Nothing { get; } = new(FirstAttempts.None, ByteString.Empty);
    }
}
