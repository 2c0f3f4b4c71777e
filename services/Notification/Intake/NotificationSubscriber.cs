using EarlyWarning.Messaging.Events;
using EarlyWarning.ServiceDefaults.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Notification.Intake;

/// <summary>Reads breaches and steps of cases from their topics and hands them on.</summary>
internal sealed class NotificationSubscriber(EventIntake intake, Suite suite, ILogger<NotificationSubscriber> logger) : ISubscriber
{
    // A newer publisher may know fields that this build does not.
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public IReadOnlyList<string> Topics { get; } = [Messaging.Events.Topics.ThresholdBreaches, Messaging.Events.Topics.Escalations];

    public async Task<EventResult> HandleAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        try
        {
            return received.Topic == Messaging.Events.Topics.ThresholdBreaches
                ? await BreachAsync(received, cancellationToken)
                : await EscalationAsync(received, cancellationToken);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            logger.EventNotReadable(received.Id, received.Topic, e.Message);
            return EventResult.Drop;
        }
    }

    private async Task<EventResult> BreachAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        var breach = s_parser.Parse<V1.Breach>(received.Data);
        if (breach.Name.Length == 0 || breach.Country.Length == 0)
        {
            logger.EventNotReadable(received.Id, received.Topic, "It names no breach or no country.");
            return EventResult.Drop;
        }

        breach.Exercise |= suite.Exercise;
        await intake.BreachAsync(received.Id, breach, cancellationToken);
        return EventResult.Success;
    }

    private async Task<EventResult> EscalationAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        var escalation = s_parser.Parse<V1.Escalation>(received.Data);
        if (escalation.Case is not { Name.Length: > 0, Country.Length: > 0 })
        {
            logger.EventNotReadable(received.Id, received.Topic, "It names no case or no country.");
            return EventResult.Drop;
        }

        escalation.Case.Exercise |= suite.Exercise;
        await intake.EscalationAsync(received.Id, escalation, cancellationToken);
        return EventResult.Success;
    }
}
