using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Escalation.Desk;
using EarlyWarning.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>
/// A real silo with the desk on a store in memory. The clock that the desk reads is the test's; the silo's own is not, because its background
/// loops would hang on it.
/// </summary>
internal sealed class DeskCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private DeskCluster(InProcessTestCluster cluster, FakeTimeProvider time, TestStore journals, RecordingPublisher publisher) =>
        (_cluster, Time, Journals, Publisher) = (cluster, time, journals, publisher);

    public FakeTimeProvider Time { get; }

    public TestStore Journals { get; }

    public TestStore DueTimes => Journals;

    public RecordingPublisher Publisher { get; }

    public IGrainFactory Grains => _cluster.Client;

    public ICaseDeskGrain Desk => Grains.GetGrain<ICaseDeskGrain>(0);

    public static async Task<DeskCluster> StartAsync(int watchRetention = 100_000)
    {
        var time = new FakeTimeProvider(Some.Start);
        var (journals, publisher) = (new TestStore(time), new RecordingPublisher());
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddContractSerialization();
            silo.Services.AddMetrics();
            journals.Register(silo.Services);
            silo.Services.AddKeyedSingleton<IEventPublisher>(EscalationExtensions.AppId, publisher);
            silo.Services.AddOutbox();
            silo.Services.AddSingleton<EscalationMeter>();
            silo.Services.AddSingleton(provider => new DeskParts(
                journals, () => journals.Identity.Epoch, Some.Ladder, new() { WatchRetention = watchRetention }, provider.GetRequiredService<EscalationMeter>(), time));
        });
        builder.ConfigureClient(client => client.Services.AddContractSerialization());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, time, journals, publisher);
    }

    /// <summary>Ends the desk's activation, so that the next call folds the journal again.</summary>
    public Task ForgetAsync() => _cluster.DeactivateAsync(Desk);

    /// <summary>Lets the reader of due times do its round: it wakes the desk where the index says that something is due.</summary>
    public async Task<bool> ReadDueTimesAsync()
    {
        var due = await DueTimes.DueAsync(DeskWriter.Queue, Time.GetUtcNow(), 10, CancellationToken.None);
        if (due.Count > 0)
        {
            await Desk.WakeAsync();
        }

        return due.Count > 0;
    }

    public Task UntilAsync(Func<bool> condition, string what) => Eventually.HoldsAsync(
        condition, what, seen: () => $"published: {string.Join(", ", Publisher.Events.Select(e => e.Id))}; due: {DueTimes.Next(DeskWriter.Queue)}.");

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
