using EarlyWarning.Notification.Directory;

namespace EarlyWarning.Notification.Channels.Inbox;

/// <summary>The inbox that the service itself serves: its messages are the rows.</summary>
internal sealed class InboxChannel : IChannel
{
    public V1.ChannelKind Kind => V1.ChannelKind.Inbox;

    public bool HasWhatIsStored => true;

    public Task<AttemptOutcome> SendAsync(ChannelTarget target, OutgoingMessage message, CancellationToken cancellationToken) =>
        Task.FromResult(new AttemptOutcome(true, "In the inbox."));
}
