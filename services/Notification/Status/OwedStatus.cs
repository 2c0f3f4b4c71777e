using System.Globalization;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.ServiceDefaults.Status;

namespace EarlyWarning.Notification.Status;

/// <summary>What is owed, line by line. Pure.</summary>
internal static class OwedStatus
{
    private const int MostNamed = 10;

    /// <summary>Longer than this a message does not wait without somebody having a look.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<V1.StatusLine> Lines(
        Owed owed,
        IReadOnlyList<KeyValuePair<ChannelKey, Destination>> failing,
        DateTimeOffset now
    ) => [.. Destinations(owed, failing), Undelivered(owed, now), GivenUp(owed), Unaddressed(owed), Resting(owed)];

    private static IEnumerable<V1.StatusLine> Destinations(Owed owed, IReadOnlyList<KeyValuePair<ChannelKey, Destination>> failing)
    {
        // One that failed last and owes nothing is nobody's concern.
        var open = (
            from one in failing
            join waiting in owed.Waiting on one.Key equals waiting.Key
            orderby one.Value.FailingSince
            select (waiting, one.Value)
        ).ToList();
        foreach (var (waiting, destination) in open.Take(MostNamed))
        {
            yield return new()
            {
                Subject = "destinations",
                Health = V1.Health.Failing,
                Text =
                    Invariant(
                        $"{waiting.Destination} of {waiting.Key} has failed since {destination.FailingSince:yyyy-MM-dd HH:mm:ss} UTC; "
                    ) + Invariant($"messages that wait for it: {waiting.Count}. Last: {destination.LastError}"),
                Action =
                    "See that the receiver runs and takes the signature, or correct its address in the directory; "
                    + "what waits is sent again by itself.",
            };
        }

        if (open.Count > MostNamed)
        {
            yield return new()
            {
                Subject = "destinations",
                Health = V1.Health.Failing,
                Text = Invariant($"And {open.Count - MostNamed} more destinations fail."),
                Action = "See the lines above.",
            };
        }
        else if (open.Count == 0)
        {
            yield return new()
            {
                Subject = "destinations",
                Health = V1.Health.Ok,
                Text = "No destination fails for which something waits.",
            };
        }
    }

    private static V1.StatusLine Undelivered(Owed owed, DateTimeOffset now)
    {
        if (owed.Waiting is not [var oldest, ..])
        {
            return new()
            {
                Subject = "undelivered",
                Health = V1.Health.Ok,
                Text = "Nothing waits to be delivered.",
            };
        }

        var late = now - oldest.Oldest > s_patience;
        var by = string.Join(
            "; ",
            owed.Waiting.Take(MostNamed)
                .Select(one =>
                    Invariant($"{one.Key}: {one.Count}, the oldest for {DurationText.Say(now - one.Oldest)}")
                    + (one.Detail.Length > 0 ? $" ({one.Detail})" : "")
                )
        );
        var more = owed.Waiting.Count > MostNamed ? Invariant($"; and {owed.Waiting.Count - MostNamed} more") : "";
        return new()
        {
            Subject = "undelivered",
            Health = late ? V1.Health.Failing : V1.Health.Ok,
            Text = Invariant($"Messages that wait: {owed.Waiting.Sum(one => one.Count)}. {by}{more}"),
            Action = late ? $"Tell {oldest.Key.Recipient} by other means, and see why the destination does not take it." : "",
        };
    }

    private static V1.StatusLine GivenUp(Owed owed) =>
        (owed.GivenUp, owed.GivenUpOnOne) switch
        {
            (0, 0) => new()
            {
                Subject = "given up",
                Health = V1.Health.Ok,
                Text = "No message was given up.",
            },
            (0, var one) => new()
            {
                Subject = "given up",
                Health = V1.Health.Attention,
                Text = Invariant($"Messages given up on one channel, which their recipients have by another: {one}. Newest: {owed.Newest}"),
                Action = "Correct the channel and `ew redeliver` them, or acknowledge them.",
            },
            (var nobody, var one) => new()
            {
                Subject = "given up",
                Health = V1.Health.Failing,
                Text = Invariant($"Messages given up that nobody has: {nobody}; on one channel only: {one}. Newest: {owed.Newest}"),
                Action = "Tell them by other means; then correct the channel and `ew redeliver` them, or acknowledge them.",
            },
        };

    private static V1.StatusLine Unaddressed(Owed owed) =>
        owed.Unaddressed == 0
            ? new()
            {
                Subject = "nobody to tell",
                Health = V1.Health.Ok,
                Text = "Each message that is owed has somebody to go to. Steps with nobody to ask are told of by the lines of their cases.",
            }
            : new()
            {
                Subject = "nobody to tell",
                Health = V1.Health.Failing,
                Text = Invariant($"Messages that the directory names nobody for: {owed.Unaddressed}. Newest: {owed.Whom}"),
                Action = "Complete the directory; they are told within seconds, while the breach fires.",
            };

    private static V1.StatusLine Resting(Owed owed) =>
        owed.Resting is not [var first, ..]
            ? new()
            {
                Subject = "resting channels",
                Health = V1.Health.Ok,
                Text = "No channel rests.",
            }
            : new()
            {
                Subject = "resting channels",
                Health = V1.Health.Attention,
                Text =
                    Invariant($"Channels that rest because the other side said that they are no more: {owed.Resting.Count}. ")
                    + string.Join(
                        "; ",
                        owed.Resting.Take(MostNamed)
                            .Select(one => Invariant($"{one.Key} since {one.Since:yyyy-MM-dd HH:mm} UTC: {one.Detail}"))
                    ),
                Action =
                    "Correct the address in the directory, or "
                    + $"`ew redeliver --recipient {first.Key.Recipient} --channel {first.Key.Channel}` when it is back.",
            };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
