using System.Diagnostics;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Placement;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Store;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Countries;

/// <summary>
/// One country. Keeps its folded state, the writer of its journal, and the batches that wait. All changes go through one loop: open,
/// catalogue, observations, time, each applied, decided upon and committed once with all that follows; then readers see it and whoever
/// waits is answered.
/// A commit that fails or is unclear throws the state away. Rankings are told of new states.
/// </summary>
[Reentrant]
[HomePlacement]
[GrainType(Type)]
internal sealed partial class CountryGrain(RiskParts parts, ILogger<CountryGrain> logger) : Grain, ICountryGrain, IDisposable
{
    /// <summary>By what Orleans names the grains.</summary>
    public const string Type = "country";

    private readonly Queue<WaitingBatch> _waiting = new();
    private readonly CancellationTokenSource _lifetime = new();
    private CancellationToken _stopping;
    private JournalWriter? _writer;
    private CountryState? _state;
    private CountryBlocks? _blocks;
    private long _snapshotPosition;
    private long _bytesSinceSnapshot;
    private string? _fault;

    /// <summary>What the store has against the next entry, until the country is opened again.</summary>
    private string? _conflict;
    private long _openedAt;
    private Task _loop = Task.CompletedTask;
    private bool _running;
    private TaskCompletionSource? _nextStep;
    private TaskCompletionSource? _stepped;

    private string Country => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public Task<IntakeAnswer> RecordAsync(ObservationBatch batch)
    {
        var waiting = new WaitingBatch(batch);
        _waiting.Enqueue(waiting);
        Kick();
        return waiting.Answer;
    }

    /// <inheritdoc />
    public async Task WakeAsync()
    {
        if (_fault is not null && parts.Time.GetElapsedTime(_openedAt) > TimeSpan.FromMinutes(1))
        {
            Close();
        }

        _woken = true;
        await NextStepAsync();
    }

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stopping = _lifetime.Token;
        parts.Open.Enter(Country, GrainContext);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _lifetime.Dispose();

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _lifetime.CancelAsync();
        await _loop
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await SnapshotAtTheEndAsync(cancellationToken);
        parts.Open.Leave(Country, GrainContext);
        parts.Health.SetFault(Country, null);
    }

    /// <summary>
    /// Waits for one whole round of the loop that begins after this call. Not for the loop's end, which under load may not come for hours.
    /// </summary>
    private Task NextStepAsync()
    {
        _nextStep ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        var step = _nextStep.Task;
        Kick();
        return step;
    }

    private void Kick()
    {
        if (!_running)
        {
            _running = true;
            _loop = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            // The loop serves all calls: what it does for one it does under the span of that one.
            Activity.Current = null;

            // Lets every call that came with this one into the same append.
            await Task.Yield();
            do
            {
                var step = _nextStep;
                _nextStep = null;
                await StepAsync();
                step?.TrySetResult();
                _stepped?.TrySetResult();
                _stepped = null;
            } while (_waiting.Count > 0 || _nextStep is not null);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task StepAsync()
    {
        try
        {
            await OpenAsync();
            if (_fault is { } fault)
            {
                FailWaiting(V1.ErrorReason.CountryFaulty, Faulty(fault));
                return;
            }

            await SettleAsync();
            await AdoptCatalogueAsync();
            if (_waiting.TryPeek(out var next) && next.Backfill)
            {
                // A backfill decides nothing, so what time alone has changed is decided before it. News goes first: it may have ended a
                // wait.
                await AdvanceTimeAsync();
            }

            await CommitWaitingAsync();
            await AdvanceTimeAsync();
            await MoveDueAsync();
        }
        catch (FencedException exception)
        {
            LogFenced(Country, exception.Message);
            Abandon(exception.Message);
            DeactivateOnIdle();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Abandon("the country moves to another activation.");
        }
        catch (StoreConflictException exception)
        {
            Refused(exception.Message);
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(Country, exception.Message);
            Abandon(exception.Message);
        }
#pragma warning disable CA1031 // Whatever goes wrong, those who wait are answered and the journal is opened and folded again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(Country, exception);
            Abandon("the country's writer failed and starts again.");
        }
    }

    /// <summary>The store takes the entry neither now nor later: the country is at fault, and shows its last good state.</summary>
    private void Refused(string why)
    {
        _conflict = $"the store refuses what follows position {_shown}: {why}";
        Close();
        FailWaiting(V1.ErrorReason.CountryFaulty, Faulty(_conflict));

        // One more round opens the last good state and keeps the fault.
        _nextStep ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private string Faulty(string fault) => $"{Country} takes nothing in, and the operators are alarmed: {fault} Send the same again later.";

    private DateTimeOffset UtcNow => parts.Time.GetUtcNow();

    private long Now => UtcNow.UtcTicks;

    private void Abandon(string why)
    {
        Close();
        FailWaiting(
            V1.ErrorReason.StoreUnavailable,
            $"The observation is not recorded as far as the suite knows: {why} Send the same again, with back-off."
        );
    }

    private void FailWaiting(V1.ErrorReason reason, string message)
    {
        while (_waiting.TryDequeue(out var batch))
        {
            batch.Fail(_shown, reason, message);
        }

        foreach (var batch in _included)
        {
            batch.Fail(_shown, reason, message);
        }

        _included.Clear();
    }

    private void Close()
    {
        _blocks?.Close();
        (_writer, _state, _blocks, _fault) = (null, null, null, null);
        (_due, _shown) = (long.MaxValue, 0);
        Reveal();
    }
}
