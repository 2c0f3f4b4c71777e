using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Journal;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>
/// Delivers to one app: one consumer group. While the app does not answer, messages wait and it is probed; while it answers, each message is
/// tried as the resiliency policy says and then goes to the dead letters.
/// </summary>
internal sealed partial class AppDelivery : IAsyncDisposable
{
    private readonly SidecarApp _app;
    private readonly DaprFolder _configuration;
    private readonly MessageBroker _broker;
    private readonly TimeSpan _probeInterval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AppChannel _channel;
    private readonly DeliveryLines _lines;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _lost = new(0);
    private Task _probing = Task.CompletedTask;
    private int _running = 1;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppDelivery(SidecarApp app, DaprFolder configuration, MessageBroker broker, TimeSpan probeInterval, TimeProvider time, ILogger logger)
    {
        (_app, _configuration, _broker, _probeInterval, _time, _logger) = (app, configuration, broker, probeInterval, time, logger);
        _channel = new(app, time);
        _lines = new(configuration.Components.Where(component => component.Serves(app.AppId)).Select(component => component.Concurrency).DefaultIfEmpty(1).Max());
    }

    /// <summary>What the app subscribes to and may, as of its last answer since the start; <see langword="null"/> before it.</summary>
    public Subscribed? Registered { get; private set; }

    /// <summary>Whether the app answers.</summary>
    public bool IsUp => _lines.Open;

    public void Start() => _probing = Task.Run(ProbeAsync);

    /// <summary>Takes over a message that waits for this app.</summary>
    public void Enqueue(Message message)
    {
        _lines.Add(new(message));
        Pump();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _probing;
        _lines.Open = false;
        Leave();
        await _ended.Task;
        _channel.Dispose();
        _stopping.Dispose();
        _lost.Dispose();
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

    private async Task RunAsync(PendingDelivery delivery, DeliveryLines.Line line)
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
            FailedAgain(delivery, e.Message, Subscription(delivery.Message)?.DeadLetterTopic);
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

        if (Subscription(message) is not { } subscription)
        {
            Park(delivery);
            return;
        }

        var policy = _configuration.Policy(message.PubSub, _app.AppId);
        var timeout = policy.Timeout ?? _configuration.Find(message.PubSub, _app.AppId)?.ProcessingTimeout ?? TimeSpan.FromSeconds(15);
        if (delivery.FirstAttempt == 0)
        {
            delivery.FirstAttempt = _time.GetTimestamp();
        }

        switch (await AttemptAsync(message, subscription, timeout))
        {
            case { Settled: true }:
                _broker.Settle(message, _app.AppId);
                break;
            case { AppIsGone: true }:
                // The time that the app was away is not the message's.
                delivery.FirstAttempt = 0;
                _lines.Open = false;
                _lines.AddAgain(delivery);
                _lost.Release();
                break;
            case { Drop: true, Reason: var reason }:
                delivery.Failures++;
                GiveUp(delivery, reason, subscription.DeadLetterTopic);
                break;
            case { Reason: var reason }:
                FailedAgain(delivery, reason, subscription.DeadLetterTopic);
                break;
        }
    }

    private async Task<Outcome> AttemptAsync(Message message, Subscription subscription, TimeSpan timeout)
    {
        var request = TopicEventRequest.Parser.ParseFrom(message.Event);
        (request.Topic, request.PubsubName, request.Path) = (message.Topic, message.PubSub, subscription.Path);
        try
        {
            var response = await _channel.DeliverAsync(request, timeout, _stopping.Token);
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
            return e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled
                && !await _channel.AnswersAsync(_stopping.Token)
                    ? new(AppIsGone: true)
                    : new(Reason: $"the app failed with {e.StatusCode}: {e.Status.Detail}");
        }
    }

    private void FailedAgain(PendingDelivery delivery, string reason, string? deadLetterTopic)
    {
        delivery.Failures++;
        var policy = _configuration.Policy(delivery.Message.PubSub, _app.AppId);
        var elapsed = _time.GetElapsedTime(delivery.FirstAttempt);
        if (policy.Retry?.Wait(delivery.Failures, elapsed, Random.Shared.NextDouble()) is not { } wait)
        {
            GiveUp(delivery, reason, deadLetterTopic);
            return;
        }

        if (delivery.Failures == 1)
        {
            _logger.Retrying(_app.AppId, delivery.Message.EventId, delivery.Message.Topic, reason, wait);
        }

        Interlocked.Increment(ref _running);
        _ = AgainAsync(delivery, wait);
    }

    private async Task AgainAsync(PendingDelivery delivery, TimeSpan wait)
    {
        await Task.Delay(wait, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lines.AddAgain(delivery);
        Pump();
        Leave();
    }

    private void GiveUp(PendingDelivery delivery, string reason, string? deadLetterTopic)
    {
        var message = delivery.Message;
        if (string.IsNullOrEmpty(deadLetterTopic))
        {
            _logger.Lost(_app.AppId, message.EventId, message.Topic, delivery.Failures, reason);
            _broker.Settle(message, _app.AppId);
            return;
        }

        _logger.DeadLettered(_app.AppId, message.EventId, message.Topic, deadLetterTopic, delivery.Failures, reason);
        _broker.MoveToDeadLetters(message, _app.AppId, deadLetterTopic, reason, delivery.Failures);
    }

    private Subscription? Subscription(Message message) => Registered?.Subscriptions
        .FirstOrDefault(subscription => subscription.Pubsub == message.PubSub && subscription.Topic == message.Topic);

    private readonly record struct Outcome(bool Settled = false, bool Drop = false, bool AppIsGone = false, string Reason = "");
}
