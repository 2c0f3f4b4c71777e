namespace EarlyWarning.Notification.Desk;

/// <summary>All notifications, and what has been handled.</summary>
internal sealed class DeskState
{
    private readonly Dictionary<string, NotificationEntry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NotificationEntry>> _byRecipient = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NotificationEntry>> _byBreach = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NotificationEntry>> _byCase = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were made.</summary>
    public List<NotificationEntry> All { get; } = [];

    /// <summary>Ids of handled events.</summary>
    public HashSet<string> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>The highest sequence handled of each breach.</summary>
    public Dictionary<string, long> BreachSequences { get; } = new(StringComparer.Ordinal);

    /// <summary>Those for which something is still to be done.</summary>
    public HashSet<NotificationEntry> Unfinished { get; } = [];

    public NotificationEntry? Find(string name) => _byName.GetValueOrDefault(name);

    public IReadOnlyList<NotificationEntry> OfBreach(string breach) => _byBreach.GetValueOrDefault(breach, []);

    public void Add(NotificationEntry entry)
    {
        if (!_byName.TryAdd(entry.Message.Name, entry))
        {
            return;
        }

        All.Add(entry);
        Index(_byRecipient, entry.Message.Recipient, entry);
        Index(_byBreach, entry.Message.Breach, entry);
        Index(_byCase, entry.Message.Case, entry);
        Settle(entry);
    }

    /// <summary>Keeps <see cref="Unfinished"/> right after a change of an entry, and lets go of what only its webhooks needed.</summary>
    public void Settle(NotificationEntry entry)
    {
        if (entry.Deliveries.All(d => d.Finished))
        {
            entry.Source = Google.Protobuf.ByteString.Empty;
        }

        _ = entry.Unfinished ? Unfinished.Add(entry) : Unfinished.Remove(entry);
    }

    /// <summary>Lists newest first those made before <paramref name="before"/>; a filter's empty fields do not filter.</summary>
    public IEnumerable<NotificationEntry> List(V1.ListNotificationsRequest filter, long before)
    {
        var candidates = (filter.Recipient, filter.Breach, filter.Case) switch
        {
            ({ Length: > 0 } recipient, _, _) => _byRecipient.GetValueOrDefault(recipient, []),
            (_, { Length: > 0 } breach, _) => _byBreach.GetValueOrDefault(breach, []),
            (_, _, { Length: > 0 } @case) => _byCase.GetValueOrDefault(@case, []),
            _ => All,
        };
        for (var i = candidates.Count - 1; i >= 0; i--)
        {
            var entry = candidates[i];
            if (entry.Ordinal < before
                && (filter.Breach.Length == 0 || entry.Message.Breach == filter.Breach)
                && (filter.Case.Length == 0 || entry.Message.Case == filter.Case))
            {
                yield return entry;
            }
        }
    }

    private static void Index(Dictionary<string, List<NotificationEntry>> index, string key, NotificationEntry entry)
    {
        if (key.Length > 0)
        {
            (index.TryGetValue(key, out var list) ? list : index[key] = []).Add(entry);
        }
    }
}
