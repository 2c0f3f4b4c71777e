using EarlyWarning.Store.Archive;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Store.Invariants;

/// <summary>Reads every entry of every journal.</summary>
internal sealed class JournalInvariant(IJournals journals) : IInvariant
{
    public string Promise => "Each journal is whole: no entry is missing or altered, and no time goes back.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        List<string> violations = [];
        long looked = 0;
        foreach (var journal in await journals.ListAsync("", cancellationToken))
        {
            var recorded = DateTimeOffset.MinValue;
            try
            {
                await foreach (var entry in journals.ReadAsync(journal, 0, cancellationToken))
                {
                    looked++;
                    if (entry.RecordedAt < recorded && violations.Count < InvariantCheck.Most)
                    {
                        violations.Add($"Entry {entry.Position} of {journal} was recorded before the one before it.");
                    }

                    recorded = entry.RecordedAt;
                }
            }
            catch (Exception exception) when (exception is JournalDamagedException or ArchiveException)
            {
                if (violations.Count < InvariantCheck.Most)
                {
                    violations.Add(exception is ArchiveException ? $"{journal}: {exception.Message}" : exception.Message);
                }
            }
        }

        return new(looked, violations);
    }
}
