using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Invariants;

namespace EarlyWarning.Notification.Invariants;

/// <summary>Compares the messages with the breaches that were handed over, and with their deliveries.</summary>
internal sealed class MessageInvariant(IStore store) : IInvariant
{
    private const int Page = 1_000;

    public string Promise =>
        "Of each breach that was handed over somebody is told, or a message says whom the directory lacks; and each message that waits "
        + "is tried.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        List<string> violations = [];
        var looked = await CheckAsync(
            "select event from consumed where consumer = 'notification' and fault = '' and event > $1 order by event limit $2",
            """
            select count(*) from notification_breach b where b.breach = $1 and exists (select 1 from notification_message m
              where m.breach = b.breach)
            """,
            BreachEvents.BreachOf,
            name => $"Of {name} nobody is told, and nothing says why.",
            violations,
            cancellationToken
        );
        looked += await CheckAsync(
            "select id from notification_message where state = 1 and id > $1 order by id limit $2",
            "select count(*) from notification_delivery where message = $1 and state = 1",
            id => id,
            id => $"notifications/{id} waits, and no channel of it does.",
            violations,
            cancellationToken
        );
        return new(looked, violations);
    }

    private async Task<long> CheckAsync(
        string list,
        string count,
        Func<string, string?> subject,
        Func<string, string> violation,
        List<string> violations,
        CancellationToken cancellationToken
    )
    {
        var (looked, after) = (0L, "");
        IReadOnlyList<string> page;
        do
        {
            page = await store.ReadAsync(new Statement(list, after, (long)Page), row => row.GetString(0), cancellationToken);
            foreach (var one in page)
            {
                after = one;
                if (subject(one) is not { } name)
                {
                    continue;
                }

                looked++;
                var found = await store.ReadAsync(new Statement(count, name), row => row.GetInt64(0), cancellationToken);
                if (found[0] == 0 && violations.Count < InvariantCheck.Most)
                {
                    violations.Add(violation(name));
                }
            }
        } while (page.Count == Page);

        return looked;
    }
}
