using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Messaging.Events;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Invariants;

/// <summary>Folds every country's journal from its start, one at a time, and compares it with the rows that follow from it.</summary>
internal sealed class CountryInvariant(IJournals journals, IStore store, StateFactory states, TimeProvider time) : IInvariant
{
    /// <summary>What is finished is forgotten after thirty days; a day is left for clocks.</summary>
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(29);

    public string Promise =>
        "Each country's journal folds; no observation is in it twice; each breach in it has its row, and its event is owed or confirmed "
        + "by all; each threshold that fires has a firing breach, and no other.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        List<string> violations = [];
        long looked = 0;
        foreach (var journal in await journals.ListAsync(JournalNames.Prefix, cancellationToken))
        {
            var country = JournalNames.CountryOf(journal);
            looked++;
            foreach (var violation in await ReadableAsync(country, cancellationToken))
            {
                if (violations.Count < InvariantCheck.Most)
                {
                    violations.Add($"{country}: {violation}");
                }
            }
        }

        return new(looked, violations);
    }

    private async Task<List<string>> ReadableAsync(string country, CancellationToken cancellationToken)
    {
        try
        {
            return await CountryAsync(country, cancellationToken);
        }
        catch (Exception exception) when (exception is JournalDamagedException or ArchiveException)
        {
            return [$"its journal cannot be read: {exception.Message}"];
        }
    }

    private async Task<List<string>> CountryAsync(string country, CancellationToken cancellationToken)
    {
        List<string> violations = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        List<V1.Breach> breaches = [];

        // What comes while the journal is read changes the rows too: the rows are read first, and looked at up to there.
        var firing = await FiringAsync(country, cancellationToken);
        var state = states.New(country);
        await foreach (var stored in journals.ReadAsync(JournalNames.Of(country), 0, cancellationToken))
        {
            try
            {
                state.Fold(stored);
            }
#pragma warning disable CA1031 // Whatever it is, that is the finding.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                violations.Add($"entry {stored.Position} cannot be folded: {exception.Message}");
                return violations;
            }

            var entry = EntryReader.Parse(stored.Payload);
            if (entry.Observations is { } columns)
            {
                violations.AddRange(
                    EntryReader.Rows(columns).Where(row => !ids.Add(row.Id)).Select(row => $"the observation {row.Id} is recorded twice")
                );
            }

            breaches.AddRange(
                (entry.Outcome?.Transitions ?? [])
                    .Where(transition => !transition.Breach.IsEmpty)
                    .Select(transition => V1.Breach.Parser.ParseFrom(transition.Breach))
            );
        }

        await CompareAsync(breaches, violations, cancellationToken);
        var fires = state
            .Thresholds.Watched.Where(threshold => threshold.Stage == Stage.Firing)
            .Select(threshold => threshold.Breach!.Name)
            .ToHashSet();
        var ended = breaches.Where(breach => breach.State != V1.Breach.Types.State.Firing).Select(breach => breach.Name).ToHashSet();
        violations.AddRange(
            firing
                .Where(name => !fires.Contains(name) && !ended.Contains(name))
                .Select(name => $"{name} fires by its row, and no threshold does")
        );
        firing = await FiringAsync(country, cancellationToken);
        violations.AddRange(
            fires
                .Where(name => !firing.Contains(name) && !ended.Contains(name))
                .Select(name => $"{name} fires, and its row does not say so")
        );
        return violations;
    }

    private async Task CompareAsync(List<V1.Breach> breaches, List<string> violations, CancellationToken cancellationToken)
    {
        foreach (var breach in breaches)
        {
            var rows = await store.ReadAsync(
                new("select sequence from risk_breach where name = $1", breach.Name),
                row => row.GetInt64(0),
                cancellationToken
            );
            if (rows is not [var sequence] || sequence < breach.Sequence)
            {
                violations.Add($"{breach.Name} has no row of its change {breach.Sequence}");
            }

            var decided = (breach.EndDecideTime ?? breach.DecideTime).ToDateTimeOffset();
            if (!breach.Suppressed && decided > time.GetUtcNow() - s_kept)
            {
                violations.AddRange(await UnpublishedAsync(breach, cancellationToken));
            }
        }
    }

    /// <summary>The outbox is asked first: what is confirmed in between is found among what was.</summary>
    private async Task<IEnumerable<string>> UnpublishedAsync(V1.Breach breach, CancellationToken cancellationToken)
    {
        // A slash is what follows the stem's last character, a dot.
        var stem = BreachEvents.Stem(breach.Name, breach.Sequence);
        var past = $"{stem[..^1]}/";
        var owed = await store.ReadAsync(
            new(
                """
                select 1 from outbox where event >= $1 and event < $2
                union all select 1 from outbox_dismissed where event >= $1 and event < $2
                """,
                stem,
                past
            ),
            _ => 1,
            cancellationToken
        );
        if (owed.Count > 0)
        {
            return [];
        }

        var confirmed = await store.ReadAsync(
            new("select consumer from consumed where event >= $1 and event < $2", stem, past),
            row => row.GetString(0),
            cancellationToken
        );
        return Topics
            .ConsumersOf(Topics.ThresholdBreaches)
            .Except(confirmed, StringComparer.Ordinal)
            .Select(consumer => $"of change {breach.Sequence} of {breach.Name} nothing is owed, and {consumer} did not confirm it");
    }

    private async Task<HashSet<string>> FiringAsync(string country, CancellationToken cancellationToken) =>
        [
            .. await store.ReadAsync(
                new("select name from risk_breach where country = $1 and state = $2", country, (long)V1.Breach.Types.State.Firing),
                row => row.GetString(0),
                cancellationToken
            ),
        ];
}
