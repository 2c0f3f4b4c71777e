using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Intake;
using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Writing;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Countries;

/// <summary>
/// A country while it lives in a process: opened when it is first needed, and again after each failure; what waits is written in rounds,
/// and readers see what is on the disk. Not thread-safe: all of it belongs to one scheduler, which is its grain's.
/// </summary>
internal sealed partial class LiveCountry : IPresentCountry, ICommitListener, IDisposable
{
    private static readonly TimeSpan s_faultyFor = TimeSpan.FromMinutes(1);

    private readonly CountryOpener _opener;
    private readonly RankingReports _rankings;
    private readonly LocalCountries _local;
    private readonly SuiteClock _clock;
    private readonly Action _replaced;
    private readonly ILogger _logger;
    private readonly IntakeQueue _queue;
    private readonly RoundLoop _rounds;
    private readonly RankingReporter _reporter;
    private readonly ReadBarrier _barrier = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly CancellationToken _stopping;
    private OpenedCountry? _opened;

    /// <summary>What the store has against the next entry, until the country is opened again.</summary>
    private string? _conflict;
    private bool _woken;

    /// <param name="code">The country's code.</param>
    /// <param name="opener">Opens it.</param>
    /// <param name="rankings">Are told of its states.</param>
    /// <param name="local">Knows what is wrong with it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="replaced">Is called where another writer has taken its journal over.</param>
    /// <param name="logger">Is told of failures.</param>
    public LiveCountry(
        string code,
        CountryOpener opener,
        RankingReports rankings,
        LocalCountries local,
        SuiteClock clock,
        Action replaced,
        ILogger logger
    )
    {
        (Code, _opener, _rankings, _local) = (code, opener, rankings, local);
        (_clock, _replaced, _logger, _stopping) = (clock, replaced, logger, _lifetime.Token);
        _queue = opener.NewQueue();
        _rounds = new(RoundAsync, () => !_queue.IsEmpty);
        _reporter = new(TellAsync, rankings.PaceAsync, _stopping);
    }

    /// <inheritdoc />
    public string Code { get; }

    /// <inheritdoc />
    public bool IsFaulty => _opened?.Fault is not null;

    /// <summary>Ends with the country.</summary>
    public CancellationToken Stopping => _stopping;

    /// <summary>The position up to which everything is on the disk.</summary>
    public long Revision { get; private set; }

    /// <summary>Records observations; completes when each has its outcome.</summary>
    public Task<IntakeAnswer> RecordAsync(ObservationBatch batch)
    {
        var answer = _queue.Enqueue(batch);
        _rounds.Start();
        return answer;
    }

    /// <summary>
    /// Decides what time or a new catalogue has changed, and sets the next due time. One at fault is opened again, now and then.
    /// </summary>
    public Task WakeAsync()
    {
        if (_opened is { Fault: not null } faulty && _clock.GetElapsedTime(faulty.OpenedAt) > s_faultyFor)
        {
            Close();
        }

        _woken = true;
        return _rounds.NextAsync();
    }

    /// <inheritdoc />
    public async Task<CountryState> StateAsync()
    {
        await _barrier.PassAsync();
        if (_opened is null || _opened.Writer?.IsBehind(_queue) == true)
        {
            await _rounds.NextAsync();
            await _barrier.PassAsync();
        }

        var state = _opened?.State ?? throw new StoreUnavailableException($"The journal of {Code} cannot be read now.");
        return state.Position > 0 ? state : _opener.Unrecorded(Code);
    }

    /// <summary>Waits until a revision is reached, at most for a time; returns the one that is reached by then.</summary>
    public async Task<long> ReachAsync(long revision, TimeSpan patience)
    {
        await StateAsync();
        var started = _clock.GetTimestamp();
        while (
            Revision < revision && _clock.GetElapsedTime(started) is var waited && waited < patience && !_stopping.IsCancellationRequested
        )
        {
            // What a round has decided is in the journal when it ends.
            await _rounds
                .EndAsync()
                .WaitAsync(patience - waited, _clock, _stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return Revision;
    }

    /// <summary>Ends the round under way, and leaves little to fold for the next opening.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _lifetime.CancelAsync();
        await _rounds
            .Running.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_opened is { Fault: null } opened)
        {
            await opened.Snapshots.EndAsync(opened.State, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lifetime.Dispose();

    /// <inheritdoc />
    void ICommitListener.Applying() => _barrier.Raise();

    /// <inheritdoc />
    async Task ICommitListener.CommittedAsync(CountryState state, long bytes)
    {
        Revision = state.Position;
        _barrier.Lower();

        // Whoever waited reads before the next input is applied.
        await Task.Yield();
        _reporter.Report();
        _opened!.Snapshots.Committed(state, bytes, _stopping);
    }

    private async Task<bool> TellAsync()
    {
        await _barrier.PassAsync();
        return _opened is not { } opened || await _rankings.TryTellAsync(opened.State, IsFaulty);
    }
}
