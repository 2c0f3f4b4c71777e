using EarlyWarning.Store.Committing;
using Google.Protobuf;

namespace EarlyWarning.Notification.Messages;

/// <summary>Reads messages from their rows. Thread-safe; keeps nothing.</summary>
internal sealed class MessageRegister(IStore store)
{
    private const string From = "from notification_message m join notification_event e on e.event = m.event";

    /// <summary>Gets a message by id; <see langword="null"/> where there is none.</summary>
    public async Task<Message?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await store.ReadAsync(
            new($"select {MessageRows.Columns} {From} where m.id = $1", id),
            MessageRows.Message,
            cancellationToken
        );
        if (found is not [var message])
        {
            return null;
        }

        var deliveries = await store.ReadAsync(
            new($"select {MessageRows.DeliveryColumns} from notification_delivery d where d.message = $1 order by d.channel", id),
            MessageRows.Delivery,
            cancellationToken
        );
        var receipts = await store.ReadAsync(
            new(
                $"""
                select {MessageRows.ReceiptColumns} from notification_receipt r
                join notification_delivery d on d.message = r.message and d.channel = r.channel
                where r.message = $1 and r.outcome <> 0 order by r.at, r.channel, r.attempt
                """,
                id
            ),
            MessageRows.Receipt,
            cancellationToken
        );
        return message with
        {
            Deliveries = [.. deliveries.Select(one => one.Delivery)],
            Receipts = [.. receipts.Select(one => one.Receipt)],
        };
    }

    /// <summary>Lists newest first those made before a place; a filter's empty fields do not filter.</summary>
    public async Task<IReadOnlyList<Message>> ListAsync(
        V1.ListNotificationsRequest filter,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        var page = new MessageFilter(filter).And("m.seq < ", before);
        var limit = page.Parameter(take);
        var messages = await store.ReadAsync(
            new($"select {MessageRows.Columns} {From} {page.Where} order by m.seq desc limit {limit}", page.Values),
            MessageRows.Message,
            cancellationToken
        );
        if (messages.Count == 0)
        {
            return [];
        }

        // What stands elsewhere meanwhile is on this page all the same.
        var same = new MessageFilter(new(filter) { State = V1.Notification.Types.State.Unspecified })
            .And("m.seq >= ", messages[^1].Seq)
            .And("m.seq <= ", messages[0].Seq);
        var deliveries = await store.ReadAsync(
            new(
                $"""
                select {MessageRows.DeliveryColumns} from notification_message m join notification_delivery d on d.message = m.id
                {same.Where} order by d.channel
                """,
                same.Values
            ),
            MessageRows.Delivery,
            cancellationToken
        );
        var receipts = await store.ReadAsync(
            new(
                $"""
                select {MessageRows.ReceiptColumns} from notification_message m join notification_delivery d on d.message = m.id
                join notification_receipt r on r.message = d.message and r.channel = d.channel and r.outcome <> 0
                {same.Where} order by r.at, r.channel, r.attempt
                """,
                same.Values
            ),
            MessageRows.Receipt,
            cancellationToken
        );
        var (channels, ended) = (
            deliveries.ToLookup(one => one.Message, one => one.Delivery),
            receipts.ToLookup(one => one.Message, one => one.Receipt)
        );
        return [.. messages.Select(one => one with { Deliveries = [.. channels[one.Id]], Receipts = [.. ended[one.Id]] })];
    }

    /// <summary>Counts all that a filter keeps.</summary>
    public async Task<long> CountAsync(V1.ListNotificationsRequest filter, CancellationToken cancellationToken)
    {
        var kept = new MessageFilter(filter);
        return (
            await store.ReadAsync(
                new($"select count(*) from notification_message m {kept.Where}", kept.Values),
                row => row.GetInt64(0),
                cancellationToken
            )
        )[0];
    }

    /// <summary>Gets the breach or case that an event carried, empty once nothing needs it, and the trace that the event came in.</summary>
    public async Task<(ByteString Source, string Trace)> SourceAsync(string eventId, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new("select source, trace from notification_event where event = $1", eventId),
            row => (row.IsDBNull(0) ? ByteString.Empty : ByteString.CopyFrom((byte[])row.GetValue(0)), row.GetString(1)),
            cancellationToken
        )
            is [var found]
            ? found
            : (ByteString.Empty, "");

    /// <summary>Lists those without a recipient who are still owed one, oldest first.</summary>
    public Task<IReadOnlyList<Message>> UnaddressedAsync(long after, int take, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new(
                $"select {MessageRows.Columns} {From} where m.recipient = '' and m.settled = 0 and m.seq > $1 order by m.seq limit $2",
                after,
                (long)take
            ),
            MessageRows.Message,
            cancellationToken
        );
}
