using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Journal;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>What of the subscriptions that an app asks for it gets.</summary>
internal static class PermittedSubscriptions
{
    /// <summary>
    /// Leaves out, with an error in the log, what the scopes forbid or the local sidecar does not do; readiness then misses it.
    /// </summary>
    public static Subscribed Of(string appId, ListTopicSubscriptionsResponse listed, DaprFolder configuration, ILogger logger)
    {
        var subscribed = new Subscribed { AppId = appId };
        foreach (var asked in listed.Subscriptions)
        {
            if (Objection(appId, asked, configuration) is { } objection)
            {
                logger.SubscriptionRefused(appId, asked.Topic, asked.PubsubName, objection);
                continue;
            }

            subscribed.Subscriptions.Add(
                new Subscription
                {
                    Pubsub = asked.PubsubName,
                    Topic = asked.Topic,
                    DeadLetterTopic = asked.DeadLetterTopic,
                    Path = asked.Routes?.Default ?? "",
                }
            );
        }

        return subscribed;
    }

    private static string? Objection(string appId, TopicSubscription asked, DaprFolder configuration)
    {
        if (configuration.Find(asked.PubsubName, appId) is not { } component)
        {
            return "there is no such pub/sub component for this app";
        }

        if (!component.Topics.MaySubscribe(appId, asked.Topic))
        {
            return "the component's scopes do not let this app subscribe to the topic";
        }

        if (asked.DeadLetterTopic.Length > 0 && !component.Topics.MayPublish(appId, asked.DeadLetterTopic))
        {
            return $"the component's scopes do not let this app publish to its dead-letter topic {asked.DeadLetterTopic}, and daprd "
                + $"would lose what it cannot handle";
        }

        if (asked.BulkSubscribe is { Enabled: true })
        {
            return "bulk subscriptions are not supported by the local sidecar";
        }

        if (asked.Routes is { Rules.Count: > 0 })
        {
            return "routing rules are not supported by the local sidecar";
        }

        return asked.Metadata.Count > 0
            ? $"the subscription's metadata {asked.Metadata.Keys.First()} is not supported by the local sidecar"
            : null;
    }
}
