using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Rankings;

/// <summary>The countries of which anything is recorded, as the store has them at each call. Keeps nothing.</summary>
[StatelessWorker]
internal sealed class CountryRegisterGrain(IJournals journals) : Grain, ICountryRegisterGrain
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        var names = await journals.ListAsync(JournalNames.Prefix, CancellationToken.None);
        return [.. names.Select(name => JournalNames.CountryOf(name))];
    }
}
