using EarlyWarning.Board.Calls;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Status;

/// <summary>What is owed to one recipient on one channel of theirs.</summary>
/// <param name="Recipient">The recipient: <c>recipients/{id}</c>.</param>
/// <param name="Name">Their name.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Address">Where it leads to, without secret parts.</param>
/// <param name="Waiting">How many messages wait for it.</param>
/// <param name="GivenUp">How many were given up on it.</param>
/// <param name="Oldest">When the oldest of them was made.</param>
/// <param name="Detail">What the newest came to last.</param>
internal sealed record OwedDestination(
    string Recipient,
    string Name,
    string Channel,
    ChannelKind Kind,
    string Address,
    int Waiting,
    int GivenUp,
    DateTimeOffset Oldest,
    string Detail
)
{
    /// <summary>Gets the recipient's id.</summary>
    public string Id => ResourceName.IdOf(Recipient);

    /// <summary>Counts messages by where they should have gone; those that were given up first, then the longest owed.</summary>
    public static IReadOnlyList<OwedDestination> Of(IEnumerable<Notification> messages) =>
        [
            .. messages
                .SelectMany(one => one.Deliveries.Select(way => (Message: one, Way: way)))
                .Where(one => one.Way.State is Delivery.Types.State.Waiting or Delivery.Types.State.GivenUp)
                .GroupBy(one => (one.Message.Recipient, one.Way.ChannelId))
                .Select(group => Of([.. group.OrderByDescending(one => one.Message.CreateTime)]))
                .OrderByDescending(one => one.GivenUp > 0)
                .ThenBy(one => one.Oldest),
        ];

    private static OwedDestination Of(IReadOnlyList<(Notification Message, Delivery Way)> newestFirst)
    {
        var (message, way) = newestFirst[0];
        return new(
            message.Recipient,
            message.RecipientName,
            way.ChannelId,
            way.Channel,
            way.Destination,
            newestFirst.Count(one => one.Way.State == Delivery.Types.State.Waiting),
            newestFirst.Count(one => one.Way.State == Delivery.Types.State.GivenUp),
            newestFirst[^1].Message.CreateTime.ToDateTimeOffset(),
            way.Detail
        );
    }
}
