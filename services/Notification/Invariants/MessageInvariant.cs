using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;

namespace EarlyWarning.Notification.Invariants;

/// <summary>Compares the notifications with the breaches that were confirmed.</summary>
internal sealed class MessageInvariant(IGrainFactory grains, IStore store, DirectorySource directory) : IInvariant
{
    public string Promise => "Of each breach that was handed over somebody is told, or there is a reason for each recipient who is not.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        List<string> violations = [];
        var desk = grains.GetGrain<INotificationDeskGrain>(0);
        var register = grains.GetGrain<IBreachRegisterGrain>(0);
        var names = (await store.ReadAsync(
                new(
                    """
                    select c.event from consumed c join outbox o on o.event = c.event
                    where c.consumer = $1 and c.fault = '' and o.topic = 'threshold-breaches'
                    """,
                    NotificationExtensions.AppId),
                row => row.GetString(0),
                cancellationToken))
            .Select(id => $"breaches/{id[..id.IndexOf('/', StringComparison.Ordinal)]}").Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            if (await register.GetAsync(name) is { } breach
                && directory.Current.Entries.Count > 0
                && (await desk.ListAsync(new() { Breach = name }, 0, 1)).Count == 0
                && (await desk.WhyNotToldAsync(name, breach.Country)).Count == 0
                && violations.Count < InvariantCheck.Most)
            {
                violations.Add($"Of {name} nobody is told, and nothing says why.");
            }
        }

        return new(names.Count, violations);
    }
}
