using System.Globalization;
using EarlyWarning.Notification.Delivery;
using EarlyWarning.Notification.Desk;

namespace EarlyWarning.Notification.Status;

/// <summary>How telling people stands, line by line. Pure.</summary>
internal static class DeskStatus
{
    /// <summary>Longer than this a message does not wait without somebody having a look.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<V1.StatusLine> Lines(DeskState state, Destinations destinations, DateTimeOffset now) =>
        [.. DestinationLines(state, destinations), Undelivered(state, now), NotTold(state)];

    private static IEnumerable<V1.StatusLine> DestinationLines(DeskState state, Destinations destinations)
    {
        var failing = destinations.Failing;
        if (failing.Count == 0)
        {
            yield return new() { Subject = "destinations", Health = V1.Health.Ok, Text = Invariant($"Webhooks tried since the start: {destinations.Count}. The last attempt at each was taken.") };
        }

        foreach (var destination in failing)
        {
            var waiting = state.Unfinished.Sum(e => e.Deliveries.Count(d => !d.Finished && d.Destination == destination.Name));
            yield return new()
            {
                Subject = "destinations",
                Health = V1.Health.Failing,
                Text = Invariant($"{destination.Name} has failed since {destination.FailingSince:yyyy-MM-dd HH:mm:ss} UTC; messages that wait for it: {waiting}. Last: {destination.LastError}"),
                Action = "See that the receiver runs and takes the signature, or correct its address in the directory; what waits is sent again by itself.",
            };
        }
    }

    private static V1.StatusLine Undelivered(DeskState state, DateTimeOffset now)
    {
        var waiting = state.Unfinished.SelectMany(e => e.Deliveries).Where(d => !d.Finished).ToList();
        if (waiting.Count == 0)
        {
            return new() { Subject = "undelivered", Health = V1.Health.Ok, Text = "Nothing waits to be delivered." };
        }

        var oldest = waiting.MinBy(d => d.Made)!;
        var age = now - oldest.Made;
        return new()
        {
            Subject = "undelivered",
            Health = age > s_patience ? V1.Health.Failing : V1.Health.Ok,
            Text = Invariant($"Webhook messages that wait: {waiting.Count}, the oldest for {age:d\\.hh\\:mm\\:ss} (to {oldest.Recipient}, {oldest.Destination})."),
            Action = age > s_patience ? $"Tell {oldest.Recipient} by other means and see the line of the destination." : "",
        };
    }

    private static V1.StatusLine NotTold(DeskState state)
    {
        var failed = state.All.Where(e => e.Message.State == V1.Notification.Types.State.Failed).ToList();
        return failed.Count == 0
            ? new() { Subject = "not told", Health = V1.Health.Ok, Text = Invariant($"Messages: {state.All.Count}. None was without a recipient.") }
            : new()
            {
                Subject = "not told",
                Health = V1.Health.Attention,
                Text = Invariant($"Messages that reached nobody: {failed.Count}. Newest: {failed[^1].Message.Breach}: {failed[^1].Message.Reason}"),
                Action = "Tell them by other means, and complete the directory for the next time.",
            };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
