using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Broker;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Journal;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>One process of an app: finds out whether it is there and what it subscribes to.</summary>
internal sealed class AppInstance : IAsyncDisposable
{
    /// <summary>
    /// How often nobody's port is tried: an app that starts beside the sidecar should not wait for a whole probe interval, and a port on
    /// which nobody listens costs little.
    /// </summary>
    private static readonly TimeSpan s_untilSomebodyAnswers = TimeSpan.FromMilliseconds(100);

    private readonly SidecarApp _app;
    private readonly TimeSpan _probeInterval;
    private readonly Func<AppInstance, ListTopicSubscriptionsResponse, Task> _joins;
    private readonly Action<AppInstance> _leaves;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _lost = new(0);
    private Task _probing = Task.CompletedTask;
    private volatile bool _isUp;
    private int _underWay;

    /// <param name="app">The app.</param>
    /// <param name="port">Where this process of it listens.</param>
    /// <param name="probeInterval">How often it is asked whether it is there.</param>
    /// <param name="joins">Is told what it asks for, before anything is delivered to it.</param>
    /// <param name="leaves">Is told that it does not answer any more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public AppInstance(
        SidecarApp app,
        int port,
        TimeSpan probeInterval,
        Func<AppInstance, ListTopicSubscriptionsResponse, Task> joins,
        Action<AppInstance> leaves,
        TimeProvider time,
        ILogger logger
    )
    {
        (_app, Port, _probeInterval, _joins, _leaves, _logger) = (app, port, probeInterval, joins, leaves, logger);
        Channel = new(port, app.AppApiToken, time);
    }

    public int Port { get; }

    public AppChannel Channel { get; }

    /// <summary>What it subscribes to and may, as of its last answer since the start; <see langword="null"/> before it.</summary>
    public Subscribed? Registered { get; set; }

    /// <summary>Whether it answers and has said what it subscribes to.</summary>
    public bool IsUp => _isUp;

    /// <summary>How many deliveries it has now.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>When it was given a delivery last, as a number that grows with each.</summary>
    public long Turn { get; set; }

    public void Start() => _probing = Task.Run(ProbeAsync);

    public Subscription? Subscription(BrokerMessage message) =>
        Registered?.Subscriptions.FirstOrDefault(subscription =>
            subscription.Pubsub == message.PubSub && subscription.Topic == message.Topic
        );

    public void Begin() => Interlocked.Increment(ref _underWay);

    public void End() => Interlocked.Decrement(ref _underWay);

    /// <summary>A delivery found it gone: the probe does not wait for its interval to end.</summary>
    public void Lose()
    {
        _isUp = false;
        _leaves(this);
        _lost.Release();
    }

    /// <summary>Ends the probing; deliveries go on.</summary>
    public async Task StopProbingAsync()
    {
        await _stopping.CancelAsync();
        await _probing;
        _isUp = false;
    }

    public async ValueTask DisposeAsync()
    {
        await StopProbingAsync();
        Channel.Dispose();
        _stopping.Dispose();
        _lost.Dispose();
    }

    private async Task ProbeAsync()
    {
        var impatience = _probeInterval < s_untilSomebodyAnswers ? _probeInterval : s_untilSomebodyAnswers;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var answered = IsUp ? await Channel.AnswersAsync(_stopping.Token) : await DiscoverAsync();
                if (IsUp && !answered && !_stopping.IsCancellationRequested)
                {
                    _isUp = false;
                    _leaves(this);
                    _logger.AppGone(_app.AppId, Port);
                }

                await _lost.WaitAsync(answered ? _probeInterval : impatience, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Asks for the subscriptions; says whether somebody answered.</summary>
    private async Task<bool> DiscoverAsync()
    {
        try
        {
            await _joins(this, await Channel.ListSubscriptionsAsync(_stopping.Token));
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unimplemented)
        {
            _logger.NoSubscriber(_app.AppId, Port);
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
        catch (PublishRefusedException)
        {
            // The broker cannot take the subscriptions now.
            return true;
        }
    }

    /// <summary>From here on it is given deliveries.</summary>
    public void Open() => _isUp = true;
}
