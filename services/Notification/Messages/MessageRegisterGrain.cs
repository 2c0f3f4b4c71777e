using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Notification.Routing;
using EarlyWarning.Store.Committing;
using Orleans.Concurrency;

namespace EarlyWarning.Notification.Messages;

/// <summary>Reads notifications from their rows. Keeps nothing.</summary>
[Reentrant]
[StatelessWorker]
internal sealed class MessageRegisterGrain(MessageRegister register, IStore store, DirectorySource directory)
    : Grain,
        INotificationRegisterGrain
{
    public async Task<V1.Notification?> GetAsync(string name) =>
        name.StartsWith(Message.Names, StringComparison.Ordinal)
            ? (await register.FindAsync(Message.IdOf(name), CancellationToken.None))?.Shown()
            : null;

    public async Task<IReadOnlyList<V1.Notification>> ListAsync(V1.ListNotificationsRequest filter, int take) =>
        [.. (await register.ListAsync(filter, long.MaxValue, take, CancellationToken.None)).Select(one => one.Shown())];

    public async Task<IReadOnlyList<string>> WhyNotToldAsync(string breach, string country)
    {
        var told = await store.ReadAsync(
            new("select distinct recipient from notification_message where breach = $1", breach),
            row => row.GetString(0),
            CancellationToken.None
        );
        return [.. directory.Current.Entries.Where(e => !told.Contains(e.Recipient.Name)).Select(e => Router.WhyNot(e, country))];
    }
}
