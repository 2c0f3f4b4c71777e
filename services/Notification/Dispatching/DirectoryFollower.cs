using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Dispatching;

/// <summary>
/// What follows from a changed directory: what waits for a recipient whose channels are others now is due at once, and what nobody was
/// named for is routed again. Used by the dispatcher alone.
/// </summary>
internal sealed class DirectoryFollower(
    DirectorySource directory,
    DeliveryQueue queue,
    Rerouter rerouter,
    Destinations destinations,
    TimeProvider time
)
{
    /// <summary>An event may have been routed by the directory of before while this went through them.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    private DirectoryListing? _seen;
    private long _rerouted;

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var listing = directory.Current;
        var changed = !ReferenceEquals(listing, _seen);
        if (changed)
        {
            // After a start all of it: what it was before is not known.
            foreach (var waiting in await queue.ChannelsAsync(cancellationToken))
            {
                if (_seen is null || !Same(_seen.Find(waiting.Key.Recipient), listing.Find(waiting.Key.Recipient)))
                {
                    await queue.MakeDueAsync(waiting.Key, cancellationToken);
                    destinations.Of(waiting.Key).Reset();
                }
            }
        }

        if (changed || time.GetElapsedTime(_rerouted) >= s_again)
        {
            await rerouter.RunAsync(cancellationToken);
            _rerouted = time.GetTimestamp();
        }

        _seen = listing;
    }

    private static bool Same(DirectoryEntry? one, DirectoryEntry? other) =>
        (one, other) switch
        {
            (null, null) => true,
            ({ } before, { } after) => before.Channels.Count == after.Channels.Count
                && before.Channels.Zip(after.Channels).All(pair => Same(pair.First, pair.Second)),
            _ => false,
        };

    private static bool Same(ChannelTarget one, ChannelTarget other) =>
        one.Id == other.Id && one.Kind == other.Kind && one.Url == other.Url && one.Secrets.SequenceEqual(other.Secrets);
}
