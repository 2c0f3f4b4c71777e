using System.Net;
using EarlyWarning.Host.Composition;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Sidecar.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EarlyWarning.Sidecar.Tests.Messaging;

/// <summary>Two app ids in one application, as Host composes them, beside the local sidecar.</summary>
public sealed partial class MessagingTests : IAsyncLifetime
{
    private const string A = "conformance-a";
    private const string B = "conformance-b";

    private readonly DaprEndpoints _endpoints = new();
    private readonly TestStore _journals = new(TimeProvider.System);
    private readonly LocalSidecar _sidecar;
    private readonly SidecarOptions _options;
    private readonly WebApplication _web;

    public MessagingTests()
    {
        _options = LocalSidecar.Options([
            new(A, [FreePort.Take()], "dapr-token-a", "app-token-a"),
            new(B, [FreePort.Take()], "", "app-token-b"),
        ]);
        _sidecar = new(_journals, _options);
        _endpoints.Listen(A, _options.Apps[0].AppPorts[0]);
        _endpoints.Listen(B, _options.Apps[1].AppPorts[0]);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddLogging().AddRouting().AddSingleton(_endpoints);
        builder.Services.AddPublisher(A).AddPublisher(B).AddSubscriber<HandlerA>(A).AddSubscriber<HandlerB>(B);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                foreach (var app in _options.Apps)
                {
                    kestrel.Listen(IPAddress.Loopback, app.AppPorts[0], listen => listen.Protocols = HttpProtocols.Http2);
                }
            });
        _web = builder.Build();
        _web.UseRouting();
        _web.MapSubscriber(A).MapSubscriber(B);
    }

    private HandlerA SubscriberA => _web.Services.GetRequiredService<HandlerA>();

    private HandlerB SubscriberB => _web.Services.GetRequiredService<HandlerB>();

    private IEventPublisher PublisherA => _web.Services.GetRequiredKeyedService<IEventPublisher>(A);

    public async ValueTask InitializeAsync() => await _web.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    [Fact]
    public async Task Publish_TwoSubscribersInOneApplication_EachHandlesItForItself()
    {
        await ConnectAsync();
        await PublisherA.PublishAsync(
            PublishingUnits.Of(
                A,
                new DomainEvent("orders", "e1", "earlywarning.v1.breach.firing", "XAB", new StringValue { Value = "payload" })
            ),
            CancellationToken.None
        );

        var expected = new ReceivedEvent("orders", "e1", "earlywarning.v1.breach.firing", "XAB", "\"payload\"");
        Assert.Equal(expected, await SubscriberA.FirstAsync("e1"));
        Assert.Equal(expected, await SubscriberB.FirstAsync("e1"));
    }

    [Fact]
    public async Task Handle_Throws_IsDeliveredAgain()
    {
        await ConnectAsync();
        SubscriberA.Failing.Add("e2");
        await PublisherA.PublishAsync(
            PublishingUnits.Of(A, new DomainEvent("orders", "e2", "t", "XAB", new Empty())),
            CancellationToken.None
        );

        await Eventually.HoldsAsync(() => SubscriberA.Received.Count(received => received.Id == "e2") >= 2, "a second delivery");
    }

    [Fact]
    public async Task Publish_NobodyThere_Fails()
    {
        var unknown = await Assert.ThrowsAsync<PublishFailedException>(() => PublishAsync("e3"));
        Assert.Contains("not started", unknown.Message, StringComparison.Ordinal);

        _endpoints.Connect(Endpoint(_options.Apps[0]));
        var down = await Assert.ThrowsAsync<PublishFailedException>(() => PublishAsync("e3"));
        Assert.Contains("Unavailable", down.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_NotAllowed_SaysWhy()
    {
        await ConnectAsync();

        var refused = await Assert.ThrowsAsync<PublishFailedException>(() =>
            PublisherA.PublishAsync(
                PublishingUnits.Of(A, new DomainEvent("private", "e4", "t", "XAB", new Empty())),
                CancellationToken.None
            )
        );

        Assert.Contains("PermissionDenied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_CancelledByTheCaller_IsCancelled()
    {
        await ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            PublisherA.PublishAsync(
                PublishingUnits.Of(A, new DomainEvent("orders", "e5", "t", "XAB", new Empty())),
                new CancellationToken(canceled: true)
            )
        );
    }

    private static DaprEndpoint Endpoint(SidecarApp app) =>
        new(
            app.AppId,
            new($"http://127.0.0.1:{app.GrpcPort}"),
            new($"http://127.0.0.1:{app.HttpPort}"),
            app.AppPorts[0],
            app.DaprApiToken,
            app.AppApiToken
        );

    private Task PublishAsync(string id) =>
        PublisherA.PublishAsync(PublishingUnits.Of(A, new DomainEvent("orders", id, "t", "XAB", new Empty())), CancellationToken.None);

    private async Task ConnectAsync()
    {
        await _sidecar.StartAsync();
        foreach (var app in _options.Apps)
        {
            _endpoints.Connect(Endpoint(app));
        }
    }

    private Task<HealthReport> CheckAsync() => _web.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private abstract class Handler : ISubscriber
    {
        private readonly Lock _lock = new();
        private readonly List<ReceivedEvent> _received = [];

        public IReadOnlyList<string> Wanted { get; set; } = ["orders"];

        public HashSet<string> Failing { get; } = [];

        public IReadOnlyList<string> Topics => Wanted;

        public IReadOnlyList<ReceivedEvent> Received
        {
            get
            {
                lock (_lock)
                {
                    return [.. _received];
                }
            }
        }

        public Task<EventResult> HandleAsync(ReceivedEvent received, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _received.Add(received);
            }

            return Failing.Remove(received.Id) ? throw new InvalidOperationException("not now") : Task.FromResult(EventResult.Success);
        }

        public async Task<ReceivedEvent> FirstAsync(string id)
        {
            await Eventually.HoldsAsync(() => Received.Any(received => received.Id == id), $"{id} at {GetType().Name}");
            return Received.First(received => received.Id == id);
        }
    }

    private sealed class HandlerA : Handler;

    private sealed class HandlerB : Handler;
}
