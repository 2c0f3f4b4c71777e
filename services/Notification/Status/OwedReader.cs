using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Notification.Status;

/// <summary>Reads from the rows what is owed now. Thread-safe.</summary>
internal sealed class OwedReader(IStore store, DirectorySource directory)
{
    public async Task<Owed> ReadAsync(CancellationToken cancellationToken)
    {
        var waiting = await store.ReadAsync(
            new(
                """
                select recipient, channel, max(destination), count(*), min(created), max(detail) from notification_delivery where state = 1
                group by recipient, channel order by min(created)
                """
            ),
            row => new WaitingMessages(
                new(row.GetString(0), row.GetString(1)),
                row.GetString(2),
                row.GetInt64(3),
                MessageRows.Moment(row.GetInt64(4)),
                row.GetString(5)
            ),
            cancellationToken
        );
        var givenUp = await store.ReadAsync(
            new(
                """
                select count(distinct case when m.delivered = 0 then m.id end), count(distinct case when m.delivered > 0 then m.id end)
                from notification_delivery d join notification_message m on m.id = d.message where d.state = 3 and m.acknowledged = 0
                """
            ),
            row => (Nobody: row.GetInt64(0), One: row.GetInt64(1)),
            cancellationToken
        );
        var newest =
            givenUp[0] == (0, 0)
                ? []
                : await store.ReadAsync(
                    new(
                        """
                        select m.id, m.recipient, d.channel, d.detail from notification_delivery d join notification_message m
                          on m.id = d.message
                        where d.state = 3 and m.acknowledged = 0 order by m.delivered > 0, m.seq desc limit 1
                        """
                    ),
                    row => $"{Message.Names}{row.GetString(0)} to {row.GetString(1)} ({row.GetString(2)}): {row.GetString(3)}",
                    cancellationToken
                );
        var unaddressed = await store.ReadAsync(
            new("select count(*), coalesce(max(seq), 0) from notification_message where recipient = '' and settled = 0"),
            row => (Count: row.GetInt64(0), Newest: row.GetInt64(1)),
            cancellationToken
        );
        var whom = await store.ReadAsync(
            new("select country, reason from notification_message where seq = $1", unaddressed[0].Newest),
            row => $"{row.GetString(0)}: {row.GetString(1)}",
            cancellationToken
        );
        var resting = await store.ReadAsync(
            new("select recipient, channel, address, since, detail from notification_rest order by since"),
            row => new RestingChannel(
                new(row.GetString(0), row.GetString(1)),
                row.GetString(2),
                MessageRows.Moment(row.GetInt64(3)),
                row.GetString(4)
            ),
            cancellationToken
        );
        return new(
            waiting,
            givenUp[0].Nobody,
            givenUp[0].One,
            newest is [var text] ? text : "",
            unaddressed[0].Count,
            whom is [var reason] ? reason : "",
            [.. resting.Where(Rests)]
        );
    }

    // A corrected address, or none, is not the one that rests.
    private bool Rests(RestingChannel rest) =>
        directory.Current.Find(rest.Key.Recipient)?.Channel(rest.Key.Channel) is { } channel && channel.Fingerprint == rest.Address;
}
