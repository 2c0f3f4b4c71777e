using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Escalation.Grains;
using EarlyWarning.Escalation.Review;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Store.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>
/// A real silo with the grains of the cases on a real store. The clock that they read is the test's; the silo's own is not, because its
/// background loops would hang on it.
/// </summary>
internal sealed class CaseCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private CaseCluster(
        InProcessTestCluster cluster,
        FakeTimeProvider time,
        TestStore store,
        RecordingPublisher publisher,
        TestDirectory directory
    ) => (_cluster, Time, Store, Publisher, Directory) = (cluster, time, store, publisher, directory);

    public FakeTimeProvider Time { get; }

    public TestStore Store { get; }

    public RecordingPublisher Publisher { get; }

    public TestDirectory Directory { get; }

    public IGrainFactory Grains => _cluster.Client;

    public ICaseRegisterGrain Register => Grains.GetGrain<ICaseRegisterGrain>(0);

    public CaseReader Reader => new(Store);

    public static async Task<CaseCluster> StartAsync(int watchRetention = 100_000)
    {
        var time = new FakeTimeProvider(Some.Start);
        var (store, publisher, directory) = (
            new TestStore(time, EscalationExtensions.Migrations),
            new RecordingPublisher(),
            new TestDirectory()
        );
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddContractSerialization();
                store.Register(silo.Services);
                silo.Services.AddKeyedSingleton<IEventPublisher>(EscalationExtensions.AppId, publisher);
                silo.Services.AddOutbox(EscalationExtensions.AppId);
                silo.Services.AddSingleton(directory);
                silo.Services.AddCases(options => options.WatchRetention = watchRetention);
                silo.Services.AddKeyedSingleton(CaseRows.Changes, (provider, _) =>
                    new Store.Sequences.ChangeSequence(
                        store,
                        CaseRows.Changes,
                        watchRetention,
                        TimeProvider.System,
                        provider.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>()
                    )
                );
                silo.Services.AddSingleton(Some.Ladder);
                silo.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CaseCommits>(provider, time));
                silo.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CaseDecider>(provider, time));
                silo.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CaseActs>(provider, time));
            }
        );
        builder.ConfigureClient(client => client.Services.AddContractSerialization());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, time, store, publisher, directory);
    }

    public ICaseGrain Writer(string country = Some.Country) => Grains.GetGrain<ICaseGrain>(country);

    public Task BreachAsync(V1.Breach breach) => Writer(breach.Country).RecordBreachAsync(breach, $"{breach.Name}/{breach.Sequence}");

    /// <summary>The open case of the country.</summary>
    public async Task<V1.Case> OpenAsync(string country = Some.Country) =>
        Assert.Single((await Register.ListAsync(new() { OpenOnly = true, Countries = { country } }, null, 10)).Items);

    /// <summary>Ends the grain's activation, so that the next call is another one's.</summary>
    public Task ForgetAsync() => _cluster.DeactivateAsync(Writer());

    /// <summary>Lets the reader of due times do its round: it wakes the countries of which the index says that something is due.</summary>
    public async Task<bool> ReadDueTimesAsync()
    {
        var due = await Store.DueAsync(CaseRows.Queue, Time.GetUtcNow(), 10, CancellationToken.None);
        foreach (var one in due)
        {
            await Writer(one.Member).WakeAsync();
        }

        return due.Count > 0;
    }

    /// <summary>Lets the review of open cases look once.</summary>
    public async Task ReviewAsync(CaseReview review) => await review.ReviewAsync(CancellationToken.None);

    public CaseReview Review(IStoreHealth health) => new(Reader, Grains, health, Time, NullLogger<CaseReview>.Instance);

    public Task UntilAsync(Func<bool> condition, string what) =>
        Eventually.HoldsAsync(condition, what, seen: () =>
            $"published: {string.Join(", ", Publisher.Events.Select(e => e.Id))}; due: {Store.Next(CaseRows.Queue)}."
        );

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}

/// <summary>The directory, which tests change.</summary>
public sealed class TestDirectory
{
    public IReadOnlyList<V1.Recipient> Recipients { get; set; } = Some.Directory;
}

/// <summary>Answers from <see cref="TestDirectory"/>.</summary>
public sealed class TestDirectoryGrain(TestDirectory directory) : Grain, IDirectoryGrain
{
    public Task<V1.Recipient?> GetAsync(string name) =>
        Task.FromResult(directory.Recipients.FirstOrDefault(recipient => recipient.Name == name));

    public Task<IReadOnlyList<V1.Recipient>> ListAsync() => Task.FromResult(directory.Recipients);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OrganisationsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>>(
            directory
                .Recipients.Where(recipient => recipient.Organisation.Length > 0)
                .ToDictionary(recipient => recipient.Organisation, recipient => (IReadOnlyList<string>)[.. recipient.Countries])
        );
}
