using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Rankings;

/// <summary>
/// The present risks under one framework. Keeps the newest state of each country in memory, which it asks of a country that has a journal
/// when it is first watched, and is told of new ones beside the way of a warning: that is what watches live on. Who asks for the ranking
/// itself is answered
/// from the countries. Readers wait for the next change; a slow one finds the newest states, not every one.
/// </summary>
[Reentrant]
internal sealed partial class RankingGrain(
    IJournals journals,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<RankingGrain> logger
) : Grain, IRankingGrain
{
    private const int AtOnce = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, (V1.CountryRisk Risk, long Sequence)> _risks = new(StringComparer.Ordinal);
    private readonly Guid _activation = Guid.NewGuid();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SortedSet<string> _unreached = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _loaded = new(StringComparer.Ordinal);
    private Task<IReadOnlyList<string>>? _recorded;
    private Task? _asking;
    private Task? _askingNext;
    private long _sequence;

    /// <inheritdoc />
    public Task ReportAsync(V1.CountryRisk risk)
    {
        // The same revision again may say more: time has passed, or a threshold has moved on.
        if (!_risks.TryGetValue(risk.Country, out var held) || (risk.Revision >= held.Risk.Revision && !risk.Equals(held.Risk)))
        {
            _risks[risk.Country] = (risk, ++_sequence);
            _changed.TrySetResult();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<RankedCountries> RankAsync(string[] countries)
    {
        await (countries.Length == 0 ? AskedAsync() : AskAsync([.. (await RecordedAsync()).Where(countries.Contains)]));
        return new(Ranked(countries), [.. _unreached.Where(code => countries.Length == 0 || countries.Contains(code))]);
    }

    /// <inheritdoc />
    public async Task<RankingChanges> ChangesAfterAsync(RankingVersion after, string[] countries)
    {
        await LoadAsync(countries);
        var from = after.Activation == _activation ? after.Sequence : 0;
        if (from >= _sequence)
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            // A silo that stops waits for its calls.
            await _changed
                .Task.WaitAsync(s_patience, time, lifetime.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        // A rank is a place among all that are watched, so it is given to those that changed as it stands now.
        var version = new RankingVersion(_activation, _sequence);
        return new([.. Ranked(countries).Where(risk => _risks[risk.Country].Sequence > from)], version);
    }

    private List<V1.CountryRisk> Ranked(string[] countries) =>
        RankOrder.Of(_risks.Values.Select(held => held.Risk).Where(risk => countries.Length == 0 || countries.Contains(risk.Country)));

    private async Task LoadAsync(string[] countries)
    {
        if (_recorded is null or { IsFaulted: true } or { IsCanceled: true })
        {
            _recorded = RecordedAsync();
        }

        var watched = (await _recorded).Where(code => countries.Length == 0 || countries.Contains(code)).ToList();
        var added = watched.Where(code => !_loaded.ContainsKey(code)).ToList();
        var asking = AskAsync(added);
        foreach (var code in added)
        {
            _loaded[code] = asking;
        }

        await Task.WhenAll(watched.Select(code => _loaded[code]).Distinct());
    }

    /// <summary>Waits for a round of questions that begins after this call. Those who come while one is under way share the next.</summary>
    private Task AskedAsync() => _asking is { IsCompleted: false } ? _askingNext ??= AskNextAsync(_asking) : _asking = AskAllAsync();

    private async Task AskNextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _askingNext = null;
        await (_asking = AskAllAsync());
    }

    private async Task AskAllAsync() => await AskAsync(await RecordedAsync());

    private async Task<IReadOnlyList<string>> RecordedAsync() =>
        [.. (await journals.ListAsync(JournalNames.Prefix, CancellationToken.None)).Select(name => JournalNames.CountryOf(name))];

    private async Task AskAsync(IReadOnlyList<string> countries)
    {
        var framework = this.GetPrimaryKeyString();

        // A country that is not open yet is opened by the question: all at once would stand in the way of whoever calls meanwhile.
        using var places = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(countries.Select(country => AskAsync(country, framework, places)));
    }

    private async Task AskAsync(string country, string framework, SemaphoreSlim places)
    {
        await places.WaitAsync();
        try
        {
            if (await GrainFactory.GetGrain<ICountryGrain>(country).GetRiskAsync(new(framework, WithoutRanges: true)) is { } risk)
            {
                await ReportAsync(risk);
            }

            _unreached.Remove(country);
        }
#pragma warning disable CA1031 // One country that does not answer must not hide all others; it reports by itself when it can.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _unreached.Add(country);
            LogNotAsked(country, framework, exception);
        }
        finally
        {
            places.Release();
        }
    }

    [LoggerMessage(7041, LogLevel.Warning, "{Country} is not yet in the ranking of {Framework}")]
    private partial void LogNotAsked(string country, string framework, Exception exception);
}
