using System.Globalization;
using EarlyWarning.Notification.Directory;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Notification.Types;

namespace EarlyWarning.Notification.Messages;

/// <summary>A message as its rows have it.</summary>
/// <param name="Seq">Its place among all messages, in the order of their commits; 0 before it has one.</param>
/// <param name="EventId">The event that led to it.</param>
/// <param name="Told">What it says and where it stands, without receipts and deliveries.</param>
/// <param name="Deliveries">By channel.</param>
/// <param name="Receipts">Of attempts that have ended, in order.</param>
/// <param name="Settled">Of one without a recipient: nobody need be told any more, or others were.</param>
internal sealed record Message(
    long Seq,
    string EventId,
    V1.Notification Told,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<V1.Receipt> Receipts,
    bool Settled
)
{
    public const string Names = "notifications/";

    public string Id => IdOf(Told.Name);

    /// <summary>Changes with each change.</summary>
    public string Etag => Told.Sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a channel is still to have it.</summary>
    public bool Waits => Deliveries.Any(one => one.State == V1.Delivery.Types.State.Waiting);

    /// <summary>The id in a name.</summary>
    public static string IdOf(string name) => name[Names.Length..];

    /// <summary>Refuses an etag that is not the present one; an empty one is not checked.</summary>
    /// <exception cref="Grpc.Core.RpcException">ETAG_MISMATCH.</exception>
    public void CheckEtag(string etag)
    {
        if (etag.Length > 0 && etag != Etag)
        {
            throw Fault.Stale("etag", Told.Name, Etag);
        }
    }

    /// <summary>Where a message stands that has these times and deliveries.</summary>
    public static State StateOf(V1.Notification told, IEnumerable<Delivery> deliveries) =>
        told switch
        {
            { AcknowledgeTime: not null } => State.Acknowledged,
            { ReadTime: not null } => State.Read,
            { DeliverTime: not null } => State.Delivered,
            { Recipient: "" } => State.Unaddressed,
            _ => deliveries.Any(one => one.State == V1.Delivery.Types.State.Waiting) ? State.Pending : State.GivenUp,
        };

    /// <summary>The recipient's channels on which it is not to be delivered yet.</summary>
    public IEnumerable<ChannelTarget> Unused(DirectoryEntry? entry) =>
        entry?.Channels.Where(channel => Deliveries.All(one => one.Channel != channel.Id)) ?? [];

    /// <summary>The message as the contract has it.</summary>
    public V1.Notification Shown() =>
        new(Told)
        {
            Etag = Etag,
            Receipts = { Receipts },
            Deliveries = { Deliveries.OrderBy(one => one.Channel, StringComparer.Ordinal).Select(Shown) },
        };

    private static V1.Delivery Shown(Delivery one)
    {
        var waits = one.State == V1.Delivery.Types.State.Waiting;
        return new()
        {
            ChannelId = one.Channel,
            Channel = one.Kind,
            Destination = one.Destination,
            State = one.State,
            Attempts = one.Attempts,
            Detail = one.Detail,
            NextAttemptTime = waits && one.Holder.Length == 0 && one.Due < one.Ends ? one.Due.ToTimestamp() : null,
            GiveUpTime = waits ? one.Ends.ToTimestamp() : null,
        };
    }
}
