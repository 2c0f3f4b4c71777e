using System.Diagnostics;
using System.Text;
using Dapr;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Messaging.Publishing;

/// <summary>Publishes through the SDK. The sidecar makes the CloudEvent around the data; its id, type and subject are set as metadata.</summary>
internal sealed class DaprPublisher(SidecarConnection connection, TimeProvider time) : IEventPublisher
{
    /// <summary>The SDK sets no deadline of its own. A broker that does not answer within this is tried again by the caller's outbox.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(5);

    public async Task PublishAsync(DomainEvent domainEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domainEvent);
        if (!connection.TryGet(out var clients))
        {
            throw new PublishFailedException($"The sidecar of {connection.AppId} has not started yet.");
        }

        using var deadline = new CancellationTokenSource(s_deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await clients.Dapr.PublishByteEventAsync(
                Topics.PubSub,
                domainEvent.Topic,
                Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(domainEvent.Data)),
                "application/json",
                Metadata(domainEvent),
                both.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is DaprException or RpcException or OperationCanceledException or ObjectDisposedException)
        {
            throw new PublishFailedException(
                $"The sidecar of {connection.AppId} at {clients.Endpoint.Grpc} did not take {domainEvent.Id} on {domainEvent.Topic}: {Reason(e)}.", e);
        }
    }

    private static Dictionary<string, string> Metadata(DomainEvent domainEvent)
    {
        var metadata = new Dictionary<string, string>(4)
        {
            ["cloudevent.id"] = domainEvent.Id,
            ["cloudevent.type"] = domainEvent.Type,
            ["cloudevent.subject"] = domainEvent.Subject,
        };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent })
        {
            metadata["cloudevent.traceparent"] = traceParent;
        }

        return metadata;
    }

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => $"no answer within {s_deadline.TotalSeconds:0} s",
        { InnerException: RpcException rpc } => $"{rpc.StatusCode} ({rpc.Status.Detail})",
        RpcException rpc => $"{rpc.StatusCode} ({rpc.Status.Detail})",
        _ => e.Message,
    };
}
