using EarlyWarning.Contracts.Countries;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Rankings;

/// <summary>
/// The present risks under one framework. Keeps the newest state of each country in memory, which it asks of all countries that have a journal when
/// it is activated, and is told of new ones beside the way of a warning: that is what watches live on. Who asks for the ranking itself is answered
/// from the countries. Readers wait for the next change; a slow one finds the newest states, not every one.
/// </summary>
[Reentrant]
internal sealed partial class RankingGrain(IJournals journals, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RankingGrain> logger) : Grain, IRankingGrain
{
    private const int AtOnce = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, (V1.CountryRisk Risk, long Sequence)> _risks = new(StringComparer.Ordinal);
    private readonly Guid _activation = Guid.NewGuid();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SortedSet<string> _unreached = new(StringComparer.Ordinal);
    private Task? _loaded;
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
    public async Task<RankedCountries> RankAsync()
    {
        await AskedAsync();
        return new(Ranked(), [.. _unreached]);
    }

    /// <inheritdoc />
    public async Task<RankingChanges> ChangesAfterAsync(RankingVersion after)
    {
        await LoadAsync();
        var from = after.Activation == _activation ? after.Sequence : 0;
        if (from >= _sequence)
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            // A silo that stops waits for its calls.
            await _changed.Task.WaitAsync(s_patience, time, lifetime.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        // A rank is a place among all, so it is given to those that changed as it stands now.
        var version = new RankingVersion(_activation, _sequence);
        return new([.. Ranked().Where(risk => _risks[risk.Country].Sequence > from)], version);
    }

    private List<V1.CountryRisk> Ranked() => Ranking.Of(_risks.Values.Select(held => held.Risk));

    private async Task LoadAsync()
    {
        if (_loaded is null or { IsFaulted: true } or { IsCanceled: true })
        {
            _loaded = AskedAsync();
        }

        await _loaded;
    }

    /// <summary>Waits for a round of questions that begins after this call. Those who come while one is under way share the next.</summary>
    private Task AskedAsync()
        => _asking is { IsCompleted: false } ? _askingNext ??= AskNextAsync(_asking) : _asking = AskAllAsync();

    private async Task AskNextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _askingNext = null;
        await (_asking = AskAllAsync());
    }

    private async Task AskAllAsync()
    {
        var framework = this.GetPrimaryKeyString();
        var names = await journals.ListAsync(Names.JournalPrefix, CancellationToken.None);

        // A country that is not open yet is opened by the question: all at once would stand in the way of whoever calls meanwhile.
        using var places = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(names.Select(name => AskAsync(name[Names.JournalPrefix.Length..], framework, places)));
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

    [LoggerMessage(3101, LogLevel.Warning, "{Country} is not yet in the ranking of {Framework}")]
    private partial void LogNotAsked(string country, string framework, Exception exception);
}
