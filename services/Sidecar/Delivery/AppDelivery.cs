using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Journal;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>
/// Delivers to one app: one consumer group, of as many processes as the app has; each message goes to one of them. While none answers,
/// messages wait and all are probed; while one does, each message is tried as the resiliency policy says and then goes to the dead letters.
/// </summary>
internal sealed partial class AppDelivery : IAsyncDisposable
{
    private readonly SidecarApp _app;
    private readonly DaprFolder _configuration;
    private readonly MessageBroker _broker;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AppInstance[] _instances;
    private readonly int _concurrency;
    private readonly AppQueue _lines = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _running = 1;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppDelivery(
        SidecarApp app,
        DaprFolder configuration,
        MessageBroker broker,
        TimeSpan probeInterval,
        TimeProvider time,
        ILogger logger
    )
    {
        (_app, _configuration, _broker, _time, _logger) = (app, configuration, broker, time, logger);
        _instances = [.. app.AppPorts.Select(port => new AppInstance(app, port, probeInterval, JoinAsync, _ => Count(), time, logger))];
        _concurrency = configuration
            .Components.Where(component => component.Serves(app.AppId))
            .Select(component => component.Concurrency)
            .DefaultIfEmpty(1)
            .Max();
    }

    public void Start() => Array.ForEach(_instances, instance => instance.Start());

    /// <summary>Takes over a message that waits for this app.</summary>
    public void Enqueue(BrokerMessage message)
    {
        _lines.Add(new(message));
        Pump();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_instances.Select(instance => instance.StopProbingAsync()));
        _lines.Concurrency = 0;
        Leave();
        await _ended.Task;
        await Task.WhenAll(_instances.Select(instance => instance.DisposeAsync().AsTask()));
        _stopping.Dispose();
        _joining.Dispose();
    }

    private void Pump()
    {
        while (_lines.TryBegin(out var delivery, out var line))
        {
            Interlocked.Increment(ref _running);
            _ = Task.Run(() => RunAsync(delivery, line));
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _ended.TrySetResult();
        }
    }

    private async Task RunAsync(PendingDelivery delivery, AppQueue.SubjectQueue line)
    {
        try
        {
            await DeliverAsync(delivery);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It was not acknowledged, so it is delivered after the next start.
        }
#pragma warning disable CA1031 // A message that cannot be delivered for a reason nobody thought of must not stop its line nor vanish.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.DeliveryFailed(_app.AppId, delivery.Message.EventId, e);
            FailedAgain(
                delivery,
                e.Message,
                Registered
                    ?.Subscriptions.FirstOrDefault(one => one.Pubsub == delivery.Message.PubSub && one.Topic == delivery.Message.Topic)
                    ?.DeadLetterTopic
            );
        }
        finally
        {
            _lines.End(line);
            Pump();
            Leave();
        }
    }

    private async Task DeliverAsync(PendingDelivery delivery)
    {
        var message = delivery.Message;
        if (!_broker.IsStillWaiting(message, _app.AppId))
        {
            return;
        }

        if (Choose(delivery) is not { } instance)
        {
            Wait(delivery);
            return;
        }

        try
        {
            await DeliverAsync(delivery, instance);
        }
        finally
        {
            instance.End();
        }
    }

    private async Task DeliverAsync(PendingDelivery delivery, AppInstance instance)
    {
        var message = delivery.Message;
        var subscription = instance.Subscription(message)!;
        var policy = _configuration.Policy(message.PubSub, _app.AppId);
        var timeout = policy.Timeout ?? _configuration.Find(message.PubSub, _app.AppId)?.ProcessingTimeout ?? TimeSpan.FromSeconds(15);
        if (delivery.FirstAttempt == 0)
        {
            delivery.FirstAttempt = _time.GetTimestamp();
        }

        switch (await AttemptAsync(message, subscription, instance, timeout))
        {
            case { Settled: true }:
                _broker.Settle(message, _app.AppId);
                break;
            case { AppIsGone: true }:
                // The time that the app was away is not the message's, and another process of it may be there.
                delivery.FirstAttempt = 0;
                instance.Lose();
                _lines.AddAgain(delivery);
                break;
            case { Drop: true, Reason: var reason }:
                delivery.Failures++;
                GiveUp(delivery, reason, subscription.DeadLetterTopic);
                break;
            case { Reason: var reason }:
                delivery.FailedAt = instance;
                FailedAgain(delivery, reason, subscription.DeadLetterTopic);
                break;
        }
    }

    private async Task<Outcome> AttemptAsync(BrokerMessage message, Subscription subscription, AppInstance instance, TimeSpan timeout)
    {
        var request = TopicEventRequest.Parser.ParseFrom(message.Event);
        (request.Topic, request.PubsubName, request.Path) = (message.Topic, message.PubSub, subscription.Path);
        try
        {
            var response = await instance.Channel.DeliverAsync(request, timeout, _stopping.Token);
            return response.Status switch
            {
                TopicEventResponseStatus.Success => new(Settled: true),
                TopicEventResponseStatus.Drop => new(Drop: true, Reason: "the app answered DROP"),
                TopicEventResponseStatus.Retry => new(Reason: "the app answered RETRY"),
                var other => new(Reason: $"the app answered with the unknown status {other}"),
            };
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unimplemented)
        {
            // daprd takes this for an acknowledgement, so the same must happen here or a mistake would only show in production.
            _logger.Unimplemented(_app.AppId, message.EventId, message.Topic);
            return new(Settled: true);
        }
        catch (RpcException e)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            return
                e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled
                && !await instance.Channel.AnswersAsync(_stopping.Token)
                ? new(AppIsGone: true)
                : new(Reason: $"the app failed with {e.StatusCode}: {e.Status.Detail}");
        }
    }

    private readonly record struct Outcome(bool Settled = false, bool Drop = false, bool AppIsGone = false, string Reason = "");
}
