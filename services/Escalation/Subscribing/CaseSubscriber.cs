using EarlyWarning.Escalation.Grains;
using EarlyWarning.Messaging.Events;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using static EarlyWarning.Messaging.Events.Topics;

namespace EarlyWarning.Escalation.Subscribing;

/// <summary>
/// Hands delivered breaches and outcomes of notifications to the grain of their country, which remembers what it has seen.
/// </summary>
internal sealed class CaseSubscriber(IGrainFactory grains, ILogger<CaseSubscriber> logger) : ISubscriber
{
    // A newer publisher may know fields that this build does not.
    private static readonly JsonParser s_json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public IReadOnlyList<string> Topics { get; } = [ThresholdBreaches, Notifications];

    public async Task<EventResult> HandleAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        try
        {
            if (received.Topic == ThresholdBreaches)
            {
                var breach = s_json.Parse<V1.Breach>(received.Data);
                if (breach is { Name.Length: > 0, Country.Length: > 0, Cause.Length: > 0, Threshold: not null, Sequence: > 0 })
                {
                    await grains.GetGrain<ICaseGrain>(breach.Country).RecordBreachAsync(breach, received.Id).WaitAsync(cancellationToken);
                    return EventResult.Success;
                }
            }
            else if (s_json.Parse<V1.Notification>(received.Data) is { Name.Length: > 0, Country.Length: > 0 } notification)
            {
                await grains
                    .GetGrain<ICaseGrain>(notification.Country)
                    .RecordNotificationAsync(notification, received.Id)
                    .WaitAsync(cancellationToken);
                return EventResult.Success;
            }
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            logger.WarningNotReadable(received.Id, received.Topic, e.Message);
            return EventResult.Drop;
        }

        logger.WarningNotReadable(received.Id, received.Topic, "A name, country, cause, threshold or sequence is missing.");
        return EventResult.Drop;
    }
}
