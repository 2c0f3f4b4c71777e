using EarlyWarning.Notification.Dispatching;

namespace EarlyWarning.Notification.Status;

/// <summary>What this service owes now.</summary>
/// <param name="Waiting">What waits, by channel; the oldest first.</param>
/// <param name="GivenUp">Messages that nobody has and nobody has acted on.</param>
/// <param name="GivenUpOnOne">Messages that their recipients have, and that were given up on another channel of theirs.</param>
/// <param name="Newest">The newest that was given up, in words; empty where there is none.</param>
/// <param name="Unaddressed">Messages that the directory names nobody for.</param>
/// <param name="Whom">Whom to add for the newest of them; empty where there is none.</param>
/// <param name="Resting">Channels that rest.</param>
internal sealed record Owed(
    IReadOnlyList<WaitingMessages> Waiting,
    long GivenUp,
    long GivenUpOnOne,
    string Newest,
    long Unaddressed,
    string Whom,
    IReadOnlyList<RestingChannel> Resting
);

/// <summary>What waits on a channel.</summary>
/// <param name="Key">The channel.</param>
/// <param name="Destination">Where to, without secret parts.</param>
/// <param name="Count">How many messages.</param>
/// <param name="Oldest">When the oldest was made.</param>
/// <param name="Detail">Why one of them waits; empty where it was not tried yet.</param>
internal sealed record WaitingMessages(ChannelKey Key, string Destination, long Count, DateTimeOffset Oldest, string Detail);

/// <summary>A channel that rests.</summary>
/// <param name="Key">The channel.</param>
/// <param name="Address">Its address of then, as a fingerprint.</param>
/// <param name="Since">Since when.</param>
/// <param name="Detail">What the other side said.</param>
internal sealed record RestingChannel(ChannelKey Key, string Address, DateTimeOffset Since, string Detail);
