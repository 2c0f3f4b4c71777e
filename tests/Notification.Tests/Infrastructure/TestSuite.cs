using EarlyWarning.Messaging;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Intake;
using EarlyWarning.Notification.Messages;
using EarlyWarning.Notification.Status;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Processes;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>The service with its store, broker, directory file and clock in the test's hands.</summary>
internal sealed class TestSuite : IAsyncDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("ew-notification-").FullName;
    private ServiceProvider _services = null!;
    private int _edits;

    private TestSuite(PostgresServer? postgres) => Store = new(Time, postgres, NotificationExtensions.Migrations);

    public FakeTimeProvider Time { get; } = new(Samples.Start);

    public TestStore Store { get; }

    public RecordingPublisher Broker { get; } = new();

    public NotificationOptions Options => Get<NotificationOptions>();

    public static Task<TestSuite> StartAsync(params string[] recipients) => StartAsync(true, recipients);

    public static Task<TestSuite> StartAsync(bool dispatch, params string[] recipients) => StartAsync(null, dispatch, recipients);

    public static async Task<TestSuite> StartAsync(PostgresServer? postgres, bool dispatch, params string[] recipients)
    {
        var suite = new TestSuite(postgres);
        suite.WriteDirectory(recipients);
        await suite.StartAsync(dispatch);
        return suite;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends the process and starts another one over the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync(dispatch: true);
    }

    /// <summary>Stops what sends, so that what is under way ends.</summary>
    public async Task StopAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
        {
            var stopped = hosted.StopAsync(default);
            await Eventually.HoldsAsync(
                () =>
                {
                    Time.Advance(TimeSpan.FromMilliseconds(1));
                    return stopped.IsCompleted;
                },
                "the end of what is under way"
            );
            await stopped;
        }

        await _services.DisposeAsync();
    }

    /// <summary>Lets time pass, and what has become due by then be looked at.</summary>
    public void Advance(TimeSpan span)
    {
        Time.Advance(span);
        Get<DispatchSignal>().Set();
    }

    /// <summary>Writes the directory and lets it be seen.</summary>
    public void WriteDirectory(params string[] recipients)
    {
        // Two edits of one length within a clock's tick would look like none.
        File.WriteAllText(
            Path.Combine(_folder, "directory.yaml"),
            Samples.DirectoryText(string.Join('\n', recipients)) + new string('\n', ++_edits)
        );
        if (_services is not null)
        {
            Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Delivers an event as the sidecar does.</summary>
    public Task<EventResult> DeliverAsync(IMessage data, string? id = null) =>
        DeliverAsync(
            data is V1.Breach ? Topics.ThresholdBreaches : Topics.Escalations,
            id ?? IdOf(data),
            JsonFormatter.Default.Format(data)
        );

    public Task<EventResult> DeliverAsync(string topic, string id, string data) =>
        Get<NotificationSubscriber>().HandleAsync(new(topic, id, "", "XAB", data), default);

    public async Task<IReadOnlyList<V1.Notification>> ListAsync(V1.ListNotificationsRequest? filter = null) =>
        [.. (await Get<MessageRegister>().ListAsync(filter ?? new(), long.MaxValue, 10_000, default)).Select(one => one.Shown())];

    public async Task<IReadOnlyList<V1.Notification>> InboxAsync(string recipient) =>
        await ListAsync(new() { Recipient = $"recipients/{recipient}" });

    /// <summary>Waits until the only notification there is looks as expected.</summary>
    public Task CountedAsync(int count, string what)
    {
        var seen = "";
        return Eventually.HoldsAsync(
            async () =>
            {
                var all = await ListAsync();
                seen = string.Join('\n', all);
                return all.Count == count;
            },
            what,
            seen: () => seen
        );
    }

    public async Task<V1.Notification> SingleAsync(Func<V1.Notification, bool> expected, string what)
    {
        var seen = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                var all = await ListAsync();
                seen = string.Join('\n', all);
                return all.Count == 1 && expected(all[0]);
            },
            what,
            seen: () => seen
        );
        return (await ListAsync())[0];
    }

    /// <summary>Waits until there are so many receipts of the only notification, letting time pass to its next attempt.</summary>
    public async Task<V1.Notification> NextReceiptAsync(int receipts)
    {
        var now = await SingleAsync(one => one.Receipts.Count >= receipts - 1, $"receipt {receipts - 1}");
        if (
            now.Receipts.Count < receipts
            && now.Deliveries.Select(one => one.NextAttemptTime).Where(time => time is not null).Min() is { } next
        )
        {
            Advance(Longer(next.ToDateTimeOffset() - Time.GetUtcNow()));
        }

        return await SingleAsync(one => one.Receipts.Count >= receipts, $"receipt {receipts}");
    }

    /// <summary>Marks a message as its recipient does.</summary>
    public async Task<V1.Notification> MarkAsync(string name, bool acknowledged) =>
        (await Get<MessageWriter>().ChangeAsync(Message.IdOf(name), (_, change) => change.Mark(acknowledged, "Ann"), default))!.Shown();

    public async Task<V1.StatusLine> StatusAsync(string subject) =>
        OwedStatus
            .Lines(await Get<OwedReader>().ReadAsync(default), Get<Destinations>().Failing, Time.GetUtcNow())
            .First(line => line.Subject == subject);

    public async Task<long> CountAsync(string sql) => (await Store.ReadAsync(new(sql), row => row.GetInt64(0), default))[0];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Store.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    public async Task StartAsync(bool dispatch)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(new Suite(true, _folder));
        Store.Register(services);
        services.AddOutbox(NotificationExtensions.AppId);
        services.AddSingleton<IProcesses>(new TestProcesses(Guid.NewGuid().ToString("N")));
        services.AddKeyedSingleton<IEventPublisher>(NotificationExtensions.AppId, Broker);
        services.AddNotificationCore(null);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        _services = services.BuildServiceProvider();
        foreach (var hosted in _services.GetServices<IHostedService>().Where(one => dispatch || one is not Dispatcher))
        {
            await hosted.StartAsync(default);
        }
    }

    private static TimeSpan Longer(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);

    private static string IdOf(IMessage data) =>
        data is V1.Breach breach ? $"{breach.Name["breaches/".Length..]}/{breach.Sequence}" : ((V1.Escalation)data).Case.Name + "-step";
}
