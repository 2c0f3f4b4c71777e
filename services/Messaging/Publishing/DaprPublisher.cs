using Dapr;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Store.Outbox;
using EarlyWarning.Store.Tracing;
using Grpc.Core;

namespace EarlyWarning.Messaging.Publishing;

/// <summary>
/// Publishes through the SDK. The sidecar makes the CloudEvent around the data; its id, type and subject are set as metadata.
/// </summary>
internal sealed class DaprPublisher(SidecarConnection connection, TimeProvider time) : IEventPublisher
{
    /// <summary>
    /// The SDK sets no deadline of its own. A broker that does not answer within this is tried again by the caller's outbox.
    /// </summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(5);

    public async Task PublishAsync(OutboxEvent owed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owed);
        if (!connection.TryGet(out var clients))
        {
            throw new PublishFailedException($"The sidecar of {connection.AppId} has not started yet.");
        }

        using var deadline = new CancellationTokenSource(s_deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await clients.Dapr.PublishByteEventAsync(Topics.PubSub, owed.Topic, owed.Data, "application/json", Metadata(owed), both.Token);
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && e is DaprException or RpcException or OperationCanceledException or ObjectDisposedException
            )
        {
            throw new PublishFailedException(
                $"The sidecar of {connection.AppId} at {clients.Endpoint.Grpc} did not take {owed.Id} on {owed.Topic}: {Reason(e)}.",
                IsPoisoned(e),
                e
            );
        }
    }

    private static Dictionary<string, string> Metadata(OutboxEvent owed)
    {
        var metadata = new Dictionary<string, string>(4)
        {
            ["cloudevent.id"] = owed.Id,
            ["cloudevent.type"] = owed.Type,
            ["cloudevent.subject"] = owed.Subject,

            // Kafka keeps the order of what has one key; other brokers take no notice.
            ["partitionKey"] = owed.Subject,
        };
        if ((Traces.Current is { Length: > 0 } publishing ? publishing : owed.Trace) is { Length: > 0 } trace)
        {
            metadata["cloudevent.traceparent"] = trace;
        }

        return metadata;
    }

    /// <summary>The event itself is at fault, so that no broker and no time helps.</summary>
    private static bool IsPoisoned(Exception e) =>
        (e as RpcException ?? e.InnerException as RpcException)?.StatusCode is StatusCode.InvalidArgument;

    private static string Reason(Exception e) =>
        e switch
        {
            OperationCanceledException => $"no answer within {s_deadline.TotalSeconds:0} s",
            { InnerException: RpcException rpc } => $"{rpc.StatusCode} ({rpc.Status.Detail})",
            RpcException rpc => $"{rpc.StatusCode} ({rpc.Status.Detail})",
            _ => e.Message,
        };
}
