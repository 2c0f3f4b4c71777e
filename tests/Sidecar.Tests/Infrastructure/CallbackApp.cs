using System.Collections.Concurrent;
using System.Net;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace EarlyWarning.Sidecar.Tests.Infrastructure;

/// <summary>
/// An app with Dapr's own AppCallback base on a port of its own. It can be stopped and started again, and remembers what it was delivered.
/// </summary>
internal sealed class CallbackApp(int port, params TopicSubscription[] subscriptions) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<TopicEventRequest, ServerCallContext, Task<TopicEventResponseStatus>>> _answers =
        new();
    private WebApplication? _web;
    private int _asked;
    private int _probed;

    public int Port => port;

    public Deliveries Deliveries { get; } = new();

    /// <summary>What the app asks for when it is asked.</summary>
    public IReadOnlyList<TopicSubscription> Subscriptions { get; set; } = subscriptions;

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>How often its health was probed.</summary>
    public int Probed => _probed;

    public static TopicSubscription To(string topic, string deadLetterTopic = "") =>
        new()
        {
            PubsubName = "warnings",
            Topic = topic,
            DeadLetterTopic = deadLetterTopic,
        };

    /// <summary>Whether it implements the probe of its health.</summary>
    public bool AnswersProbes { get; init; } = true;

    /// <summary>Where set, how every event is answered, without being kept among the deliveries.</summary>
    public Func<TopicEventRequest, TopicEventResponseStatus>? Otherwise { get; init; }

    /// <summary>How an event is answered, on the topics of the suite other than dead letters. Otherwise with SUCCESS.</summary>
    public void Answer(string id, Func<TopicEventRequest, ServerCallContext, Task<TopicEventResponseStatus>> answer) =>
        _answers[id] = answer;

    public void Answer(string id, params TopicEventResponseStatus[] inTurn)
    {
        var turn = -1;
        Answer(id, (_, _) => Task.FromResult(inTurn[Math.Min(Interlocked.Increment(ref turn), inTurn.Length - 1)]));
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        var web = builder.Build();
        web.UseRouting();
        web.MapGrpcService<Callback>();
        web.MapGrpcService<Health>();
        await web.StartAsync();
        _web = web;
    }

    public async Task StopAsync()
    {
        if (_web is { } web)
        {
            _web = null;
            await web.StopAsync();
            await web.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<TopicEventResponse> AnswerAsync(TopicEventRequest request, ServerCallContext context)
    {
        if (Otherwise is { } otherwise)
        {
            return new() { Status = otherwise(request) };
        }

        Deliveries.Add(request, context.RequestHeaders.GetValue("dapr-api-token"));
        return new()
        {
            Status =
                !request.Topic.EndsWith("-dead-letters", StringComparison.Ordinal) && _answers.TryGetValue(request.Id, out var answer)
                    ? await answer(request, context)
                    : TopicEventResponseStatus.Success,
        };
    }

    private sealed class Callback(CallbackApp app) : AppCallback.AppCallbackBase
    {
        public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context)
        {
            Interlocked.Increment(ref app._asked);
            return Task.FromResult(new ListTopicSubscriptionsResponse { Subscriptions = { app.Subscriptions } });
        }

        public override Task<ListInputBindingsResponse> ListInputBindings(Empty request, ServerCallContext context) =>
            Task.FromResult(new ListInputBindingsResponse());

        public override Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context) =>
            app.AnswerAsync(request, context);
    }

    private sealed class Health(CallbackApp app) : AppCallbackHealthCheck.AppCallbackHealthCheckBase
    {
        public override Task<HealthCheckResponse> HealthCheck(Empty request, ServerCallContext context)
        {
            Interlocked.Increment(ref app._probed);
            return app.AnswersProbes ? Task.FromResult(new HealthCheckResponse()) : base.HealthCheck(request, context);
        }
    }
}
