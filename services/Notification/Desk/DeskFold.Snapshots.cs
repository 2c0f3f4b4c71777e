using EarlyWarning.Notification.Journal;
using Google.Protobuf;

namespace EarlyWarning.Notification.Desk;

internal sealed partial class DeskFold
{
    private const int SnapshotFormat = 1;

    public byte[]? Write(DeskState state)
    {
        var snapshot = new Snapshot { Format = SnapshotFormat, Events = { state.Events }, BreachSequences = { state.BreachSequences } };
        snapshot.Entries.AddRange(state.All.Select(entry => new SnapshotEntry
        {
            Message = entry.Message.ToByteString(),
            Source = entry.Source,
            Published = entry.Published,
            Deliveries =
            {
                entry.Deliveries.Select(d => new SnapshotDelivery
                {
                    Slot = d.Slot,
                    Destination = d.Destination,
                    Made = d.Made.ToUnixTimeMilliseconds(),
                    Started = d.Started,
                    Ended = d.Ended,
                    Next = d.Next?.ToUnixTimeMilliseconds() ?? 0,
                    Finished = d.Finished,
                }),
            },
        }));
        return snapshot.ToByteArray();
    }

    public DeskState? Read(ReadOnlyMemory<byte> snapshot)
    {
        Snapshot read;
        try
        {
            read = Snapshot.Parser.ParseFrom(snapshot.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        if (read.Format != SnapshotFormat)
        {
            return null;
        }

        var state = new DeskState();
        state.Events.UnionWith(read.Events);
        foreach (var (breach, sequence) in read.BreachSequences)
        {
            state.BreachSequences[breach] = sequence;
        }

        foreach (var entry in read.Entries)
        {
            if (Read(entry.Message) is not { } message)
            {
                return null;
            }

            var deliveries = entry.Deliveries.Select(d => new Delivery(message.Recipient, d.Slot, d.Destination, DateTimeOffset.FromUnixTimeMilliseconds(d.Made))
            {
                Started = d.Started,
                Ended = d.Ended,
                Next = d.Next == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(d.Next),
                Finished = d.Finished,
            });
            state.Add(new(message, state.All.Count + 1, [.. deliveries], entry.Source) { Published = entry.Published });
        }

        return state;
    }
}
