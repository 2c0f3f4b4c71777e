using System.Collections.Concurrent;
using System.Diagnostics;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Outbox;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Sidecar.Tests.Messaging;

public sealed class OutboxDispatcherTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan s_confirmWithin = TimeSpan.FromSeconds(1);
    private const string App = "risk";
    private readonly TestStore _store = new(TimeProvider.System);
    private readonly Broker _broker = new();
    private ServiceProvider? _services;
    private IHostedService _dispatcher = null!;

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new OutboxOptions { ConfirmWithin = s_confirmWithin, SweepInterval = s_confirmWithin / 5 })
            .AddOutbox(App)
            .AddKeyedSingleton<IEventPublisher>(App, _broker);
        _store.Register(services);
        _services = services.BuildServiceProvider();
        _dispatcher = _services.GetServices<IHostedService>().Single();
        await _dispatcher.StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _dispatcher.StopAsync(default);
        await _services!.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Dispatch_ManySubjects_PublishesEachOnceAndInOrder()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async subject =>
                {
                    for (var n = 0; n < 10; n++)
                    {
                        await PublishAsync($"{subject}-{n}", $"X{subject}");
                    }
                })
        );

        await Eventually.HoldsAsync(() => _broker.Published.Count >= 200, "all are published");
        Assert.Equal(200, _broker.Published.Select(published => published.Id).Distinct().Count());
        Assert.All(_broker.Published.GroupBy(published => published.Subject), group =>
            Assert.Equal(Enumerable.Range(0, 10), group.Select(published => int.Parse(published.Id.Split('-')[1], null)))
        );
    }

    [Fact]
    public async Task Dispatch_PoisonedEvent_IsSetAsideAndTheNextOfItsSubjectFollows()
    {
        _broker.Poisoned.TryAdd("bad", true);
        await PublishAsync("bad", "XAA");
        await PublishAsync("good", "XAA");

        await Eventually.HoldsAsync(() => _broker.Published.Any(published => published.Id == "good"), "the next one is published");
        var status = await _store.Outbox.StatusAsync(default);
        Assert.Equal((1, "It will never do."), (status.Aside, status.Fault));
    }

    [Fact]
    public async Task Dispatch_OneSubjectFails_HoldsUpNoOtherAndGoesOnByItself()
    {
        _broker.Failing.TryAdd("stuck", true);
        await PublishAsync("stuck", "XAA");
        await PublishAsync("other", "XAB");
        await Eventually.HoldsAsync(() => _broker.Published.Any(published => published.Id == "other"), "the other subject's is published");
        Assert.DoesNotContain(_broker.Published, published => published.Id == "stuck");

        _broker.Failing.Clear();
        await Eventually.HoldsAsync(() => _broker.Published.Any(published => published.Id == "stuck"), "the stuck one is published");
    }

    [Fact]
    public async Task Publish_BrokerForgets_IsPublishedAgainWithinTheStatedTime()
    {
        var taken = new ConcurrentDictionary<string, long>();
        var again = new ConcurrentDictionary<string, TimeSpan>();
        _broker.Taking = async owed =>
        {
            // The first time it is as if Redis had been flushed: the broker said that it has the event, and has nothing.
            if (!taken.TryAdd(owed.Id, Stopwatch.GetTimestamp()))
            {
                again.TryAdd(owed.Id, Stopwatch.GetElapsedTime(taken[owed.Id]));
                await _store.CommitAsync(new Unit().Confirm("notification", owed.Id, DateTimeOffset.UtcNow), default);
            }
        };
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => PublishAsync($"e{n}", $"X{n}", Topics.Escalations)));

        await Eventually.HoldsAsync(
            async () => again.Count == 100 && await _store.Outbox.StatusAsync(default) is { Owed: 0, Unconfirmed: 0 },
            "all are confirmed"
        );

        var (first, last) = (again.Values.Min(), again.Values.Max());
        output.WriteLine(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"100 events that the broker forgot, to be confirmed within {s_confirmWithin.TotalSeconds} s: published again after "
                    + $"{first.TotalSeconds:0.00} to {last.TotalSeconds:0.00} s"
            )
        );
        Assert.True(first >= s_confirmWithin, $"An event was published again after {first}, while the broker still had time.");
        Assert.Equal(200, _broker.Published.Count);
    }

    private Task PublishAsync(string id, string subject, string topic = "topic") =>
        _store.CommitAsync(new Unit().Publish(App, new(topic, id, "type", subject, new Empty()), DateTimeOffset.UtcNow), default);

    private sealed class Broker : IEventPublisher
    {
        public ConcurrentQueue<OutboxEvent> Published { get; } = new();

        public ConcurrentDictionary<string, bool> Poisoned { get; } = new();

        public ConcurrentDictionary<string, bool> Failing { get; } = new();

        public Func<OutboxEvent, Task> Taking { get; set; } = _ => Task.CompletedTask;

        public async Task PublishAsync(OutboxEvent owed, CancellationToken cancellationToken)
        {
            if (Poisoned.ContainsKey(owed.Id))
            {
                throw new PublishFailedException("It will never do.", poisoned: true);
            }

            if (Failing.ContainsKey(owed.Id))
            {
                throw new PublishFailedException("Not now.");
            }

            Published.Enqueue(owed);
            await Taking(owed);
        }
    }
}
