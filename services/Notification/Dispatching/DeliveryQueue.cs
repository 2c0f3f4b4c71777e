using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Processes;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>What waits on a channel.</summary>
/// <param name="Key">The channel.</param>
/// <param name="Severity">The highest of what waits.</param>
/// <param name="Oldest">When the oldest of that severity was made.</param>
/// <param name="Due">When the first attempt is due.</param>
internal sealed record WaitingChannel(ChannelKey Key, long Severity, DateTimeOffset Oldest, DateTimeOffset Due);

/// <summary>
/// The deliveries that wait, in their rows. One under way is due when its lease ends, so that it is taken for lost then; its holder puts
/// that off for as long as it runs. Thread-safe.
/// </summary>
internal sealed class DeliveryQueue(IStore store, IProcesses processes, NotificationOptions options, TimeProvider time)
{
    private readonly Lazy<string> _holder = new(() => $"{store.Identity.Epoch}-{processes.Own}");

    /// <summary>Names this process's leases: the store's epoch, a hyphen, and the process's id.</summary>
    public string Holder => _holder.Value;

    /// <summary>Lists the channels on which something waits, the most severe first, then the oldest.</summary>
    public Task<IReadOnlyList<WaitingChannel>> ChannelsAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(
            DeliverySql.Channels(),
            row => new WaitingChannel(
                new(row.GetString(0), row.GetString(1)),
                row.GetInt64(2),
                MessageRows.Moment(row.GetInt64(3)),
                MessageRows.Moment(row.GetInt64(4))
            ),
            cancellationToken
        );

    /// <summary>
    /// Lists messages that are due on a channel, the most severe first, then the oldest; for a probe those that failed least, so that one
    /// that the destination never takes keeps no other from being tried.
    /// </summary>
    public Task<IReadOnlyList<string>> DueAsync(ChannelKey key, int take, bool probe, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.ReadAsync(DeliverySql.Due(key, now, WrongFuture(now), take, probe), row => row.GetString(0), cancellationToken);
    }

    /// <summary>Lists what is at the end of its time on a channel, and nobody has an attempt of.</summary>
    public Task<IReadOnlyList<string>> EndedAsync(ChannelKey key, DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new(
                """
                select message from notification_delivery where state = 1 and recipient = $1 and channel = $2 and ends <= $3 and holder = ''
                order by ends limit $4
                """,
                key.Recipient,
                key.Channel,
                now.UtcTicks,
                (long)take
            ),
            row => row.GetString(0),
            cancellationToken
        );

    /// <summary>
    /// Begins an attempt: from here on nobody else makes one for as long as the lease runs. One that was under way and let its lease end is
    /// closed with a receipt.
    /// </summary>
    /// <returns><see langword="false"/> where somebody else was first.</returns>
    public async Task<bool> BeginAsync(ChannelKey key, string message, string destination, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await store.CommitAsync(
                new Unit()
                    .Require(
                        static () => new ConcurrentChangeException(),
                        """
                        update notification_delivery set holder = $1, due = $2, attempts = attempts + 1, destination = $3
                        where message = $4 and channel = $5 and state = 1 and (due <= $6 or due > $7)
                        """,
                        Holder,
                        (now + options.Lease).UtcTicks,
                        destination,
                        message,
                        key.Channel,
                        now.UtcTicks,
                        WrongFuture(now)
                    )
                    .Add(
                        "update notification_receipt set outcome = $1, detail = $2 where message = $3 and channel = $4 and outcome = 0",
                        MessageRows.Failed,
                        MessageRows.Lost,
                        message,
                        key.Channel
                    )
                    .Add(
                        """
                        insert into notification_receipt (message, channel, attempt, at, destination, outcome, detail, next)
                        select message, channel, attempts, $1, destination, 0, '', 0 from notification_delivery where message = $2
                          and channel = $3
                        on conflict do nothing
                        """,
                        now.UtcTicks,
                        message,
                        key.Channel
                    ),
                cancellationToken
            );
        }
        catch (ConcurrentChangeException)
        {
            return false;
        }

        return true;
    }

    /// <summary>
    /// Ends the leases of processes of the present epoch that have ended. What they had under way is due now, with a receipt. One of an
    /// epoch before may be on another machine and send still, so that its leases run out by themselves.
    /// </summary>
    public async Task EndEarlierAsync(CancellationToken cancellationToken)
    {
        var epoch = store.Identity.Epoch;
        var (from, before) = ($"{epoch}-", $"{epoch}.");
        var holders = await store.ReadAsync(
            new(
                "select distinct holder from notification_delivery where holder <> '' and holder >= $1 and holder < $2 and holder <> $3",
                from,
                before,
                Holder
            ),
            row => row.GetString(0)[from.Length..],
            cancellationToken
        );

        // A process is there before it holds anything, so that one that was read and is not there has ended.
        foreach (var ended in await processes.EndedAsync(holders, cancellationToken))
        {
            await store.CommitAsync(
                new Unit()
                    .Add(
                        """
                        update notification_receipt set outcome = $1, detail = $2 where outcome = 0 and (message, channel) in (
                          select message, channel from notification_delivery where holder = $3)
                        """,
                        MessageRows.Failed,
                        MessageRows.Lost,
                        from + ended
                    )
                    .Add(
                        "update notification_delivery set holder = '', due = $1 where holder = $2",
                        time.GetUtcNow().UtcTicks,
                        from + ended
                    ),
                cancellationToken
            );
        }
    }

    /// <summary>Puts off the end of leases of this process.</summary>
    public Task RenewAsync(IEnumerable<(ChannelKey Key, string Message)> underWay, CancellationToken cancellationToken)
    {
        var until = (time.GetUtcNow() + options.Lease).UtcTicks;
        var unit = new Unit();
        foreach (var (key, message) in underWay)
        {
            unit.Add(
                "update notification_delivery set due = $1 where message = $2 and channel = $3 and holder = $4 and state = 1",
                until,
                message,
                key.Channel,
                Holder
            );
        }

        return store.CommitAsync(unit, cancellationToken);
    }

    /// <summary>What waits on a channel is due now.</summary>
    public Task MakeDueAsync(ChannelKey key, CancellationToken cancellationToken) =>
        store.CommitAsync(new Unit().MakeDue(key, time.GetUtcNow()), cancellationToken);

    /// <summary>Lists the channels that rest, with the address that they rest at.</summary>
    public async Task<IReadOnlyDictionary<ChannelKey, string>> RestingAsync(CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                new("select recipient, channel, address from notification_rest"),
                row => (Key: new ChannelKey(row.GetString(0), row.GetString(1)), Address: row.GetString(2)),
                cancellationToken
            )
        ).ToDictionary(rest => rest.Key, rest => rest.Address);

    /// <summary>None is due later than its budget allows: what is, a clock put off that was ahead.</summary>
    private long WrongFuture(DateTimeOffset now) => (now + options.Budget + options.Lease).UtcTicks;
}
