using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Contracts.Serialization;
using EarlyWarning.Messaging;
using EarlyWarning.Notification.Desk;
using EarlyWarning.ServiceDefaults;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>A silo with the desk, its store, broker, directory file and clock in the test's hands.</summary>
internal sealed class DeskCluster : IAsyncDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("ew-notification-").FullName;
    private readonly InProcessTestCluster _cluster;

    private DeskCluster(string recipients)
    {
        Journals = new(Time);
        WriteDirectory(recipients);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddContractSerialization();
            silo.Services.AddSingleton(new Suite(true, _folder));
            Journals.Register(silo.Services);
            silo.Services.AddOutbox();
            silo.Services.AddKeyedSingleton<IEventPublisher>(NotificationExtensions.AppId, Broker);
            silo.Services.AddDesk(null);
            silo.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        });
        builder.ConfigureClient(client => client.Services.AddContractSerialization());
        _cluster = builder.Build();
    }

    public FakeTimeProvider Time { get; } = new(Samples.Start);

    public TestStore Journals { get; }

    public TestStore DueTimes => Journals;

    public RecordingPublisher Broker { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public INotificationDeskGrain Desk => Grains.GetGrain<INotificationDeskGrain>(0);

    public IDeskGrain Inner => Grains.GetGrain<IDeskGrain>(0);

    public static async Task<DeskCluster> StartAsync(params string[] recipients)
    {
        var cluster = new DeskCluster(string.Join('\n', recipients));
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public void WriteDirectory(string recipients) =>
        File.WriteAllText(Path.Combine(_folder, "directory.yaml"), Samples.DirectoryText(recipients));

    /// <summary>Delivers an event as the sidecar does.</summary>
    public Task<EventResult> DeliverAsync(IMessage data, string? id = null) => DeliverAsync(
        data is V1.Breach ? Topics.ThresholdBreaches : Topics.Escalations, id ?? IdOf(data), JsonFormatter.Default.Format(data));

    public Task<EventResult> DeliverAsync(string topic, string id, string data) =>
        new DeskSubscriber(Grains, new(true, _folder), NullLogger<DeskSubscriber>.Instance).HandleAsync(new(topic, id, "", "XAB", data), default);

    /// <summary>Ends the activation as a kill does to what it keeps in memory: the next call folds the journal.</summary>
    public Task LoseMemoryAsync() => _cluster.DeactivateAsync((IAddressable)Inner);

    public async Task<IReadOnlyList<V1.Notification>> ListAsync(string recipient = "", string breach = "", string @case = "") =>
        await Desk.ListAsync(new() { Recipient = recipient, Breach = breach, Case = @case }, 0, 1000);

    /// <summary>Waits until the only notification there is looks as expected.</summary>
    public async Task<V1.Notification> SingleAsync(Func<V1.Notification, bool> expected, string what) =>
        (await Eventually.GetAsync(() => ListAsync(), all => all.Count == 1 && expected(all[0]), what))[0];

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static string IdOf(IMessage data) => data is V1.Breach breach ? $"{breach.Name}-{breach.Sequence}" : ((V1.Escalation)data).Case.Name + "-step";
}
